// SPDX-License-Identifier: Apache-2.0
#include "profilegen/seccomp_manifest.h"

#include <fmt/format.h>

#include "read_effect.h"

using namespace profilegen;

namespace {

using Lines = std::vector<std::string>;

Result<std::string> filter_in(const std::string& text) {
  const auto filters = filters_in_manifest(text, "f.yaml");
  if (!filters) return filters.error();
  return only_filter(*filters, "f.yaml");
}

SeccompEffect read(const std::string& text) {
  INFO(text);
  const auto filter = filter_in(text);
  if (!filter) FAIL(filter.error().line());
  return effect_of(*filter);
}

std::string refusal(const std::string& text) {
  const auto filter = filter_in(text);
  REQUIRE_FALSE(filter);
  return filter.error().line();
}

std::string profile(const std::string& name, const std::string& calls, const std::string& more = "") {
  return "apiVersion: security-profiles-operator.x-k8s.io/v1beta1\nkind: SeccompProfile\nmetadata: {name: " + name +
         "}\nspec:\n  defaultAction: SCMP_ACT_ERRNO\n" + more + "  syscalls:\n  - {action: SCMP_ACT_ALLOW, names: [" +
         calls + "]}\n";
}

const std::string kOther = "apiVersion: v1\nkind: Namespace\nmetadata: {name: web}\n";
const std::string kAppArmor = "kind: AppArmorProfile\nmetadata: {name: web}\nspec: {abstract: {}}\n";

}  // namespace

TEST_CASE("A SeccompProfile is read as YAML or as JSON") {
  for (const std::string& text :
       {profile("web", "read, \"write\""), "\xef\xbb\xbf" + profile("web", "read, write"),
        "%YAML 1.1\n---\n# a comment\n" + profile("web", "read, 'write'") + "...\n",
        std::string(
            "{\n\t\"kind\": \"SeccompProfile\", \"spec\": {\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": "
            "[{\"names\": [\"read\", \"write\"], \"action\": \"SCMP_ACT_ALLOW\"}]}}")}) {
    const SeccompEffect effect = read(text);
    CHECK(answer_to(effect, "write") == "allowed");
    CHECK(answer_to(effect, "ptrace") == "EPERM");
    CHECK(effect.notes().empty());
  }
}

TEST_CASE("A SeccompProfile is found among other resources, in documents and lists") {
  const std::string item = R"({"kind": "SeccompProfile", "metadata": {"name": "web"}, "spec":
      {"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [{"names": ["read"], "action": "SCMP_ACT_ALLOW"}]}})";
  const std::string nameless = R"({"metadata": {"name": "web"}, "spec":
      {"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [{"names": ["read"], "action": "SCMP_ACT_ALLOW"}]}})";
  const std::string yaml = profile("web", "read");
  for (const std::string& text :
       {kOther + "---\n" + yaml, yaml + "---\n" + kAppArmor, "---\n---\n# nothing\n---\n" + yaml + "---\n",
        R"({"apiVersion": "v1", "kind": "List", "items": [{"kind": "Namespace"}, )" + item + "]}",
        R"({"kind": "List", "items": [{"kind": "List", "items": [)" + item + "]}]}",
        R"({"kind": "SeccompProfileList", "items": [)" + nameless + "]}", kOther + "---\n" + item}) {
    const SeccompEffect effect = read(text);
    CHECK(answer_to(effect, "read") == "allowed");
    CHECK(answer_to(effect, "write") == "EPERM");
  }
}

TEST_CASE("What is no manifest is left to other readers") {
  for (const char* text : {"", "kindly", "kind of a text: [", "[1, 2]", "{\"defaultAction\": 1}", "a: {kind: b}"}) {
    CAPTURE(text);
    const auto filters = filters_in_manifest(text, "f");
    CHECK((!filters || filters->empty()));
  }
}

TEST_CASE("A manifest without a SeccompProfile, or with several, is refused and says what it has") {
  CHECK(refusal(kAppArmor) ==
        "f.yaml: has no SeccompProfile, but 1 AppArmorProfile; give a manifest with a "
        "SeccompProfile");
  CHECK(refusal(kOther + "---\n" + kAppArmor + "---\n" + kOther + "---\na: b\n") ==
        "f.yaml: has no SeccompProfile, but 1 AppArmorProfile, 2 Namespace, 1 document without a kind; give a manifest "
        "with a SeccompProfile");
  CHECK(refusal("kind: List\nitems: []\n") ==
        "f.yaml: has no SeccompProfile, but 1 empty List; give a manifest with "
        "a SeccompProfile");
  CHECK(refusal(profile("web", "read") + "---\n" + profile("db", "write") + "---\n" + profile("web", "write")) ==
        "f.yaml: has 3 SeccompProfiles: web, db, web; give one of them, in a file of its own");
  CHECK(refusal("kind: SeccompProfile\nspec: [").starts_with("f.yaml: is not valid YAML (line 2, column "));
  const std::string ring =
      profile("a", "read", "  baseProfileName: b\n") + "---\n" + profile("b", "read", "  baseProfileName: a\n");
  CHECK(refusal(ring) == "f.yaml: has only SeccompProfiles that are each other's base");
}

TEST_CASE("A base profile in the same file is joined, and one that is missing is told") {
  const std::string web = profile("web", "read", "  baseProfileName: base\n");
  const std::string base = profile("base", "write", "  baseProfileName: deep\n");
  const SeccompEffect alone = read(web);
  CHECK(answer_to(alone, "write") == "EPERM");
  CHECK(alone.notes() == Lines{"the calls of its base profile \"base\" are not in this file, so they are not counted: "
                               "give it, too (--base)"});
  const SeccompEffect joined = read(base + "---\n" + web);
  CHECK(answer_to(joined, "read") == "allowed");
  CHECK(answer_to(joined, "write") == "allowed");
  CHECK(joined.notes().at(0).find("\"deep\"") != std::string::npos);
  const SeccompEffect whole = read(web + "---\n" + base + "---\n" + profile("deep", "close"));
  CHECK(answer_to(whole, "close") == "allowed");
  CHECK(whole.notes().empty());
}

TEST_CASE("A rule without calls is not named by its place when rules of a base were put before it") {
  const std::string empty = profile("web", "", "  baseProfileName: base\n");
  CHECK(read(empty + "---\n" + profile("base", "write")).notes() ==
        Lines{"a rule names no call, so it does nothing: name calls, or remove it"});
}

TEST_CASE("A base profile from another file is joined by its name; a plain filter, or one from a registry, by itself") {
  const auto joined = [](const std::string& base_name, const std::vector<NamedFilter>& given) {
    const auto filter = filter_in(profile("web", "read", "  baseProfileName: " + base_name + "\n"));
    REQUIRE(filter);
    return effect_of(joined_with_bases(*filter, given));
  };
  const std::string other = R"({"defaultAction": "SCMP_ACT_KILL", "syscalls": [{"names": ["write"],
      "action": "SCMP_ACT_ALLOW"}, {"names": ["bpf"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38}]})";
  const SeccompEffect by_name = joined("base", {{"x", other}, {"base", other}});
  CHECK(answer_to(by_name, "write") == "allowed");
  CHECK(answer_to(by_name, "bpf") == "ENOSYS");
  CHECK(answer_to(by_name, "ptrace") == "EPERM");  // the default is the profile's own
  CHECK(answer_to(joined("base", {{"", other}}), "write") == "allowed");
  CHECK(answer_to(joined("oci://registry/runc:v1", {{"runc", other}}), "write") == "allowed");
  CHECK(answer_to(joined("base", {{"x", other}}), "write") == "EPERM");
  CHECK(joined("base", {{"x", other}}).notes().size() == 1);
  const std::string looping = R"({"baseProfileName": "base", "syscalls": [{"names": ["write"],
      "action": "SCMP_ACT_ALLOW"}]})";
  CHECK(answer_to(joined("base", {{"base", looping}}), "write") == "allowed");
}

TEST_CASE("Numbers, aliases and merge keys mean what Kubernetes' YAML reader takes them for") {
  const SeccompEffect effect = read(R"(
kind: SeccompProfile
spec:
  defaultAction: SCMP_ACT_ERRNO
  syscalls:
  - &masked
    action: SCMP_ACT_ALLOW
    names: [clone]
    args: [{index: 0, value: 0x7E02_0000, valueTwo: 0, op: SCMP_CMP_MASKED_EQ}]
  - {<<: *masked, names: [prctl], args: [{index: 0, value: 0b101, op: SCMP_CMP_EQ}]}
  - {<<: [*masked, {comment: x}], names: [ioctl], args: [{index: 1, value: 0o17, op: SCMP_CMP_EQ}]}
  - {action: SCMP_ACT_ALLOW, names: [socket], args: [{index: 0, value: 010, op: SCMP_CMP_EQ}]}
  - {action: SCMP_ACT_ALLOW, names: [personality], args: [{index: 0, value: 0xffffffffffffffff, op: SCMP_CMP_EQ}]}
  - {action: SCMP_ACT_ALLOW, names: [fcntl], args: [{index: !!int "1", value: 1e3, op: SCMP_CMP_EQ}]}
  - {action: SCMP_ACT_ERRNO, names: [mount], errnoRet: 0x26}
  - {action: SCMP_ACT_ERRNO, names: [bpf], errnoRet: 0}
)");
  CHECK(answer_to(effect, "clone", {0x11}) == "allowed");
  CHECK(answer_to(effect, "clone", {0x10000000}) == "EPERM");
  CHECK(answer_to(effect, "prctl", {5}) == "allowed");
  CHECK(answer_to(effect, "prctl", {0}) == "EPERM");
  CHECK(answer_to(effect, "ioctl", {0, 15}) == "allowed");
  CHECK(answer_to(effect, "socket", {8}) == "allowed");
  CHECK(answer_to(effect, "personality", {UINT64_MAX}) == "allowed");
  CHECK(answer_to(effect, "fcntl", {0, 1000}) == "allowed");
  CHECK(answer_to(effect, "mount") == "ENOSYS");
  CHECK(answer_to(effect, "bpf") == "EPERM");  // the operator leaves out an errno of 0
}

TEST_CASE("A text is no number, and a number with a fraction or sign is no argument") {
  for (const char* value : {"\"38\"", "!!str 38", "1.5", "-1", "3 8", "0x"}) {
    CAPTURE(value);
    const auto filter = filter_in(std::string("kind: SeccompProfile\nspec: {defaultAction: SCMP_ACT_ERRNO, syscalls: "
                                              "[{action: SCMP_ACT_ERRNO, names: [bpf], errnoRet: ") +
                                  value + "}]}");
    REQUIRE(filter);
    CHECK_FALSE(SeccompEffect::of_file(*filter, "f", {}));
  }
}

TEST_CASE("Aliases that stand for too much, or for themselves, are refused") {
  std::string bomb = "kind: SeccompProfile\na0: &a0 [x, x]\n";
  for (int level = 1; level < 40; ++level) bomb += fmt::format("a{0}: &a{0} [*a{1}, *a{1}]\n", level, level - 1);
  CHECK(refusal(bomb) == "f.yaml: has aliases that stand for too much");
  CHECK(refusal("kind: SeccompProfile\nspec: &s {a: *s}\n").find("f.yaml: ") == 0);
}

TEST_CASE("An alias costs what it stands for, and none stands within what it names") {
  const std::string head = "kind: SeccompProfile\n";
  std::string large = head + "a: &a {k: " + std::string(1'000'000, 'x') + "}\nl: [";
  for (size_t i = 0; i < 10'000; ++i) large += "*a, ";
  CHECK(refusal(large + "]\n") == "f.yaml: has aliases that stand for too much");
  for (const char* ring : {"spec: &s [*s]\n", "spec: &s {<<: *s}\n", "spec: &s {b: {? *s : x}}\n"})
    CHECK(refusal(head + ring) == "f.yaml: has an alias within what it names");
  std::string many = head + "l: [";
  for (size_t i = 0; i < 600'000; ++i) many += "a,";
  CHECK(refusal(many + "]\n") == "f.yaml: has more values than any manifest");
  CHECK(refusal(head + "l: " + std::string(200, '[') + std::string(200, ']')) == "f.yaml: is nested too deeply");
  std::string chain = head + "a0: &a0 [x]\n";
  for (size_t i = 1; i < 200; ++i) chain += fmt::format("a{0}: &a{0} [*a{1}]\n", i, i - 1);
  CHECK(refusal(chain) == "f.yaml: is nested too deeply");
  CHECK(refusal(head + "a: " + std::string(20'000'000, 'x')) == "f.yaml: is larger than any manifest");
}

TEST_CASE("What makes the parser go on for ever ends") {
  CHECK(refusal(",kind: x\n") == "f.yaml: is no YAML, or has more documents than any manifest");
  std::string nulls = "kind: [";
  for (size_t i = 0; i < 600'000; ++i) nulls += "~,";
  CHECK(refusal(nulls + "]") == "f.yaml: has more values than any manifest");
}

TEST_CASE("Keys that are no text are left out, and names of keys and of empty values stand for them") {
  const SeccompEffect effect = read(R"(
kind: &k SeccompProfile
spec:
  ? [a, b]
  : c
  ~: d
  ? &default defaultAction
  : SCMP_ACT_ERRNO
  empty: &nothing
  defaultErrnoRet: *nothing
  syscalls: [{action: SCMP_ACT_ALLOW, names: [&r read, *r, *default]}]
)");
  CHECK(answer_to(effect, "read") == "allowed");
  CHECK(answer_to(effect, "write") == "EPERM");
}

// SPDX-License-Identifier: Apache-2.0
// What is said of a filter, compared with what was tried with runc 1.1.5 and 1.3.6, and crun 1.8.1 and 1.28.
#include "profilegen/lint.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "profilegen/floor.h"
#include "profilegen/seccomp.h"

using namespace profilegen;

namespace {

using Names = std::set<std::string>;

std::vector<LintFinding> findings_of(const std::string& text, std::optional<bool> option = {}) {
  const auto findings = lint_filter({"f.json", text, {}, option, docker_default().capabilities});
  INFO(text);
  if (!findings) FAIL(findings.error().line());
  return *findings;
}

const LintFinding* first(const std::vector<LintFinding>& findings, LintRule rule) {
  const auto found = std::ranges::find(findings, rule, &LintFinding::rule);
  return found == findings.end() ? nullptr : &*found;
}

/// A filter that lets everything through but for this rule.
std::string with(const std::string& rule, const std::string& more = "") {
  return R"({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [)" + rule + "]" + more + "}";
}

std::string refusing(const std::string& more) {
  return R"({"names": ["mincore"], "action": "SCMP_ACT_ERRNO")" + more + "}";
}

std::string with_argument(const std::string& comparison) {
  return with(refusing(R"(, "args": [{)" + comparison + "}]"));
}

Names labels(const std::string& runtime) {
  Names all;
  for (const MeasuredVersion& one : measured_versions())
    if (one.runtime == runtime) all.insert(runtime + " " + one.version);
  return all;
}

/// A filter that allows these calls and answers all others with EPERM, each by a rule.
std::string allowing(const Names& allowed) {
  nlohmann::json refused = nlohmann::json::array();
  for (const KnownSyscall& call : known_syscalls(native_arch()))
    if (!allowed.contains(call.name)) refused.push_back(call.name);
  return nlohmann::json{{"defaultAction", "SCMP_ACT_ERRNO"},
                        {"architectures", {arch_oci_name(native_arch())}},
                        {"syscalls",
                         {{{"names", allowed}, {"action", "SCMP_ACT_ALLOW"}},
                          {{"names", refused}, {"action", "SCMP_ACT_ERRNO"}, {"errnoRet", 38}}}}}
      .dump();
}

Names calls_of(const std::string& runtime, bool no_new_privileges) {
  Names calls;
  for (const MeasuredVersion& one : measured_versions())
    for (const MeasuredCase& way : one.cases)
      if (one.runtime == runtime && way.no_new_privileges == no_new_privileges)
        calls.insert(way.calls.begin(), way.calls.end());
  return calls;
}

Names both_floors(bool no_new_privileges) {
  Names calls = calls_of("runc", no_new_privileges);
  calls.merge(calls_of("crun", no_new_privileges));
  for (const MeasuredVersion& one : measured_versions()) calls.insert(one.dispensable.begin(), one.dispensable.end());
  return calls;
}

}  // namespace

TEST_CASE("a filter that refuses one call is clean") {
  CHECK(findings_of(with(refusing(""))).empty());
  CHECK(findings_of(allowing(both_floors(false))).empty());
}

TEST_CASE("what every runtime refuses is refused, at the place where it is written") {
  const std::vector<std::pair<std::string, std::string>> filters = {
      {with(R"({"names": ["mincore"], "action": "SCMP_ACT_DENY"})"), "syscalls[0].action"},
      {with(R"({"names": ["mincore"]})"), "syscalls[0].action"},
      {R"({"defaultAction": "ALLOW"})", "defaultAction"},
      {with_argument(R"("index": 0, "value": 1, "op": "EQ")"), "syscalls[0].args[0].op"},
      {with_argument(R"("index": 6, "value": 1, "op": "SCMP_CMP_EQ")"), "syscalls[0].args[0].index"},
      {with(refusing(R"(, "errnoRet": 5000)")), "syscalls[0].errnoRet"},
      {with("", R"(, "architectures": ["SCMP_ARCH_NATIVE"])"), "architectures[0]"},
      {with("", R"(, "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_S390X"])"), "architectures[1]"},
      {with("", R"(, "flags": ["SECCOMP_FILTER_FLAG_FAST"])"), "flags[0]"}};
  for (const auto& [text, field] : filters) {
    CAPTURE(text);
    const auto findings = findings_of(text);
    const LintFinding* refused = first(findings, LintRule::refused);
    REQUIRE(refused != nullptr);
    CHECK(refused->field == field);
    Names all = labels("runc");
    all.merge(labels("crun"));
    CHECK((refused->runtimes.empty() || refused->runtimes == all));
  }
}

TEST_CASE("what only some runtimes refuse is told with their names") {
  const std::vector<std::pair<std::string, Names>> filters = {
      {with("", R"(, "flags": ["SECCOMP_FILTER_FLAG_LOG"])"), {"runc 1.1.5"}},
      {with("", R"(, "flags": ["SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"])"), labels("runc")},
      {with("", R"(, "architectures": ["SCMP_ARCH_RISCV64"])"), {"runc 1.1.5"}},
      {with("", R"(, "architectures": ["x86_64"])"), labels("runc")},
      {with(R"({"names": ["mincore"], "action": "SCMP_ACT_KILL", "errnoRet": 1})"), labels("crun")},
      {with("", R"(, "defaultErrnoRet": 1)"), labels("crun")},
      {with(R"({"names": [""], "action": "SCMP_ACT_ERRNO"})"), labels("runc")},
      {with(R"({"action": "SCMP_ACT_ERRNO"})"), labels("crun")},
      {with_argument(R"("index": 0, "value": "1", "op": "SCMP_CMP_EQ")"), labels("runc")},
      {with_argument(R"("index": 0, "value": -1, "op": "SCMP_CMP_EQ")"), labels("runc")},
      {R"({"defaultAction": "SCMP_ACT_NOTIFY"})", labels("runc")}};
  for (const auto& [text, runtimes] : filters) {
    CAPTURE(text);
    const auto findings = findings_of(text);
    const LintFinding* refused = first(findings, LintRule::refused);
    REQUIRE(refused != nullptr);
    CHECK(refused->runtimes == runtimes);
  }
}

TEST_CASE("rules that contradict each other are refused by libseccomp") {
  const std::string same = R"(, "args": [{"index": 0, "value": 1, "op": "SCMP_CMP_EQ"}], "errnoRet": )";
  const auto findings = findings_of(with(refusing(same + "5") + "," + refusing(same + "2")));
  REQUIRE(first(findings, LintRule::refused) != nullptr);
  CHECK(first(findings, LintRule::refused)->text.find("mincore") != std::string::npos);
}

TEST_CASE("rules that others make needless are told") {
  const std::string compares = R"(, "args": [{"index": 0, "value": 1, "op": "SCMP_CMP_EQ"}])";
  for (const std::string& text : {with(refusing(R"(, "errnoRet": 5)") + "," + refusing(R"(, "errnoRet": 2)")),
                                  with(refusing(compares) + "," + refusing(R"(, "errnoRet": 2)"))}) {
    const auto findings = findings_of(text);
    CAPTURE(text);
    REQUIRE(findings.size() == 1);
    CHECK(findings.front().rule == LintRule::differs);
    CHECK(findings.front().calls == Names{"mincore"});
  }
  // A rule that answers as the default does is left out.
  CHECK(findings_of(with(R"({"names": ["mincore"], "action": "SCMP_ACT_ALLOW"},)" + refusing(compares))).empty());
}

TEST_CASE("what runtimes and engines read differently is told") {
  for (const std::string& text :
       {with(R"({"name": "mincore", "action": "SCMP_ACT_ERRNO"})"),
        with(R"({"Names": ["mincore"], "names": ["mincore"], "action": "SCMP_ACT_ERRNO"})"),
        with(refusing(R"(, "errno": "EXDEV")")), with(refusing(R"(, "includes": {"caps": ["CAP_CHOWN"]})")),
        with(refusing(R"(, "args": [{"index": 0, "value": 1, "op": "SCMP_CMP_EQ"},
                                    {"index": 0, "value": 2, "op": "SCMP_CMP_EQ"}])"))}) {
    CAPTURE(text);
    CHECK(first(findings_of(text), LintRule::differs) != nullptr);
  }
  CHECK(first(findings_of(with(refusing(R"(, "errno": "ENOSYS", "errnoRet": 38)"))), LintRule::differs) == nullptr);
}

TEST_CASE("runc alone answers ENOSYS to calls above all that are named") {
  Names calls = both_floors(false);
  const auto old = findings_of(R"({"defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_X86_64"],
      "syscalls": [{"names": ["read", "clone3"], "action": "SCMP_ACT_ALLOW"}]})");
  const LintFinding* newer = first(old, LintRule::differs);
  REQUIRE(newer != nullptr);
  CHECK(newer->calls.contains("openat2"));
  CHECK_FALSE(newer->calls.contains("mount"));
  CHECK(newer->runtimes == labels("runc"));
  CHECK(first(findings_of(R"({"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 38, "syscalls": []})"),
              LintRule::differs) == nullptr);
}

TEST_CASE("a key or a rule without effect is told") {
  CHECK(first(findings_of(with(refusing(R"(, "arg": [])"))), LintRule::no_effect)->field == "syscalls[0].arg");
  CHECK(first(findings_of(with(R"({"names": [], "action": "SCMP_ACT_ERRNO"})")), LintRule::no_effect) != nullptr);
  CHECK(findings_of(with(refusing(R"(, "comment": "why")"))).empty());
}

TEST_CASE("a filter for no-new-privileges says so first, with the calls that it refuses without") {
  const std::string tight = allowing(both_floors(true));
  const auto findings = findings_of(tight);
  REQUIRE_FALSE(findings.empty());
  CHECK(findings.front().rule == LintRule::needs_option);
  CHECK(first(findings, LintRule::no_start) == nullptr);
  bool runc = false;
  for (const LintFinding& one : causes_of_no_start(findings))
    if (one.runtimes.contains("runc 1.1.5")) runc = one.calls.contains("capset") && one.calls.contains("setgroups");
  CHECK(runc);
  CHECK(findings_of(tight, true).empty());
  CHECK(findings_of(tight, false).front().rule == LintRule::no_start);
}

TEST_CASE("a filter that lacks what a runtime always calls starts nothing, with its calls named") {
  Names calls = both_floors(false);
  calls.erase("setresuid");
  const auto findings = findings_of(allowing(calls));
  REQUIRE(findings.size() == 1);
  CHECK(findings.front().rule == LintRule::needs_option);
  CHECK(findings.front().runtimes == labels("crun"));
  CHECK(findings.front().calls == Names{"setresuid"});
  calls.erase("execve");
  for (const LintFinding& one : findings_of(allowing(calls))) CHECK(one.rule == LintRule::no_start);
}

TEST_CASE("calls that only some ways to start need are told with these ways, and needless ones as a doubt") {
  Names calls = both_floors(false);
  calls.erase("fchown");
  const auto ways = findings_of(allowing(calls));
  REQUIRE_FALSE(ways.empty());
  for (const LintFinding& one : ways) {
    CHECK(one.rule == LintRule::no_start);
    CHECK(one.text.find(" without no-new-privileges as another user") != std::string::npos);
    CHECK(one.calls == Names{"fchown"});
  }
  calls.insert("fchown");
  calls.erase("epoll_ctl");
  const auto doubt = findings_of(allowing(calls));
  REQUIRE(doubt.size() == 1);
  CHECK(doubt.front().rule == LintRule::may_not_start);
  CHECK(doubt.front().calls == Names{"epoll_ctl"});
}

TEST_CASE("calls that a release of libseccomp has no name for are told, unless the default answers the same") {
  Names calls = both_floors(false);
  calls.merge(Names{"cachestat", "mseal", "file_getattr"});
  const auto findings = findings_of(allowing(calls));
  std::map<std::string, std::string> releases;
  for (const LintFinding& one : findings)
    for (const std::string& call : one.calls)
      if (one.rule == LintRule::nameless) releases[call] = one.text;
  CHECK(releases.size() == 3);
  CHECK(releases["cachestat"].find("before 2.5.5 ") != std::string::npos);
  CHECK(releases["mseal"].find("before 2.5.6 ") != std::string::npos);
  CHECK(releases["file_getattr"].find("before 2.6.1 ") != std::string::npos);
  const auto unknown = findings_of(with(R"({"names": ["opennat"], "action": "SCMP_ACT_ERRNO"})"));
  CHECK(first(unknown, LintRule::unknown_name)->calls == Names{"opennat"});
}

TEST_CASE("only a text that is no filter can't be read") {
  for (const std::string text : {"", "{", "[]", "{}", "\"x\"", R"({"syscalls": []})"}) {
    CAPTURE(text);
    CHECK_FALSE(lint_filter({"f.json", text, {}, {}, {}}));
  }
}

TEST_CASE("a filter is judged for the runtimes that are asked for") {
  const std::string tight = allowing(both_floors(true));
  const auto findings = lint_filter({"f.json", tight, {{"crun", "", false}}, {}, {}});
  REQUIRE(findings);
  for (const LintFinding& one : *findings) CHECK(one.runtimes == labels("crun"));
  CHECK_FALSE(findings->empty());
}

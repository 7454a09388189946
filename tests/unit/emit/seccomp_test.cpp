// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "support/registry.h"

using namespace profilegen;
using nlohmann::json;

namespace {

Profile with_calls(std::initializer_list<CallKey> calls) {
  Profile profile;
  for (const CallKey& call : calls) profile.calls[call] = {NeededBy::app};
  return profile;
}

json emitted(const Profile& profile) {
  const Result<std::string> text = emit_seccomp({profile, "out"});
  REQUIRE(text);
  return json::parse(*text);
}

const json* rule_of(const json& filter, const std::string& name) {
  for (const json& rule : filter.at("syscalls")) {
    for (const json& entry : rule.at("names")) {
      if (entry == name) return &rule;
    }
  }
  return nullptr;
}

uint32_t errno_of(const json& filter, const std::string& name) {
  const json* rule = rule_of(filter, name);
  REQUIRE(rule != nullptr);
  REQUIRE(rule->at("action") == "SCMP_ACT_ERRNO");
  return rule->at("errnoRet").get<uint32_t>();
}

bool allows(const json& filter, const std::string& name) {
  const json* rule = rule_of(filter, name);
  return rule != nullptr && rule->at("action") == "SCMP_ACT_ALLOW";
}

}  // namespace

TEST_CASE("the filter is flat OCI JSON with an ENOSYS default") {
  const json filter = emitted(with_calls({{Arch::x86_64, "read"}}));
  CHECK(filter.at("defaultAction") == "SCMP_ACT_ERRNO");
  CHECK(filter.at("defaultErrnoRet") == 38);
  CHECK(filter.size() == 4);
  for (const json& rule : filter.at("syscalls")) {
    CHECK_FALSE(rule.contains("args"));
    CHECK(rule.contains("errnoRet") == (rule.at("action") == "SCMP_ACT_ERRNO"));  // crun refuses other uses
    for (const auto& [key, value] : rule.items()) {
      CHECK((key == "names" || key == "action" || key == "errnoRet"));
    }
  }
}

TEST_CASE("newer calls answer ENOSYS and older ones EPERM, by name") {
  const json filter = emitted(with_calls({{Arch::x86_64, "read"}}));
  for (const char* name : {"clone3", "openat2", "statx", "faccessat2", "close_range", "mseal"}) {
    CHECK(errno_of(filter, name) == 38);
  }
  for (const char* name : {"write", "ptrace", "mount", "keyctl"}) CHECK(errno_of(filter, name) == 1);
}

TEST_CASE("every known call is in exactly one rule") {
  Profile profile = with_calls({{Arch::x86_64, "read"}, {Arch::x86, "socketcall"}, {Arch::x86, "read"}});
  profile.answers = {{{Arch::x86_64, "clone3"}, 38}, {{Arch::x86_64, "ptrace"}, 1}, {{Arch::x86_64, "read"}, 1}};
  const json filter = emitted(profile);
  std::map<std::string, int> count;
  for (const json& rule : filter.at("syscalls")) {
    for (const std::string name : rule.at("names")) ++count[name];
  }
  for (const auto& [name, times] : count) CHECK((name + " " + std::to_string(times)) == name + " 1");
  for (const Arch arch : {Arch::x86_64, Arch::x86}) {
    for (const KnownSyscall& call : known_syscalls(arch)) CHECK(count.count(call.name) == 1);
  }
}

TEST_CASE("only tables that were used are opened") {
  const json native = emitted(with_calls({{Arch::x86_64, "read"}}));
  CHECK(native.at("architectures") == json::array({"SCMP_ARCH_X86_64"}));
  CHECK(rule_of(native, "socketcall") == nullptr);  // a name that only the i386 table has

  const json both = emitted(with_calls({{Arch::x86_64, "read"}, {Arch::x86, "socketcall"}}));
  CHECK(both.at("architectures") == json::array({"SCMP_ARCH_X86_64", "SCMP_ARCH_X86"}));
  CHECK(allows(both, "socketcall"));
  CHECK(errno_of(both, "waitpid") == 1);

  const json x32 = emitted(with_calls({{Arch::x86_64, "read"}, {Arch::x32, "read"}}));
  CHECK(x32.at("architectures") == json::array({"SCMP_ARCH_X86_64", "SCMP_ARCH_X32"}));
}

TEST_CASE("a denied call of another table does not open that table") {
  Profile profile = with_calls({{Arch::x86_64, "read"}});
  profile.answers = {{{Arch::x86, "socketcall"}, 1}};
  const json filter = emitted(profile);
  CHECK(filter.at("architectures") == json::array({"SCMP_ARCH_X86_64"}));
  CHECK(rule_of(filter, "socketcall") == nullptr);
}

TEST_CASE("what an outer filter answered is answered again") {
  Profile profile = with_calls({{Arch::x86_64, "read"}});
  profile.answers = {{{Arch::x86_64, "clone3"}, 1}, {{Arch::x86_64, "ptrace"}, 38}, {{Arch::x86_64, "read"}, 13}};
  const json filter = emitted(profile);
  CHECK(errno_of(filter, "clone3") == 1);
  CHECK(errno_of(filter, "ptrace") == 38);
  CHECK(allows(filter, "read"));  // allowed, since it worked in another run
}

TEST_CASE("of two tables' answers for one name the native one counts") {
  Profile profile = with_calls({{Arch::x86_64, "read"}, {Arch::x86, "read"}});
  profile.answers = {{{Arch::x86, "ptrace"}, 13}, {{Arch::x86_64, "ptrace"}, 95}};
  CHECK(errno_of(emitted(profile), "ptrace") == 95);
}

TEST_CASE("calls without a name are left out") {
  Profile profile = with_calls({{Arch::x86_64, "#999"}, {Arch::x86_64, "read"}});
  profile.answers = {{{Arch::x86_64, "#1000"}, 38}};
  const json filter = emitted(profile);
  for (const json& rule : filter.at("syscalls")) {
    for (const std::string name : rule.at("names")) CHECK(name.find('#') == std::string::npos);
  }
}

TEST_CASE("the runtime's calls are allowed like the application's") {
  Profile profile = with_calls({{Arch::x86_64, "read"}});
  profile.calls[{Arch::x86_64, "capset"}] = {NeededBy::runtime};
  CHECK(allows(emitted(profile), "capset"));
}

TEST_CASE("an incomplete profile says so in a comment that engines ignore") {
  Profile profile = with_calls({{Arch::x86_64, "read"}});
  profile.incomplete = {"7 files were lost", "said \"no\""};
  const json filter = emitted(profile);
  CHECK(filter.at("syscalls").at(0).at("comment") == "incomplete: 7 files were lost; said \"no\"");
  CHECK_FALSE(filter.at("syscalls").at(1).contains("comment"));
}

TEST_CASE("a call that libseccomp has no name for is told: runtimes leave its rule out") {
  Profile profile = with_calls({{Arch::x86_64, "read"}, {Arch::x86_64, "openat2"}, {Arch::x86_64, "#999"}});
  CHECK(lint(profile).empty());
  profile.calls[{Arch::x86_64, "some_call_of_the_future"}] = {NeededBy::app};
  const auto warnings = lint(profile);
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0] ==
        "libseccomp " + libseccomp_version() +
            " does not know some_call_of_the_future: a container runtime that uses it refuses what it does not know; "
            "use one with a newer libseccomp");
}

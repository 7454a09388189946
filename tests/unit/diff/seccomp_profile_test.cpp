// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "profilegen/diff.h"

using namespace profilegen;

namespace {

Profile read(const std::string& text) {
  const auto profile = profile_from_seccomp(text, "f.json");
  INFO(text);
  if (!profile) FAIL(profile.error().line());
  return *profile;
}

bool allows(const Profile& profile, const std::string& name, Arch arch = native_arch()) {
  return profile.calls.contains({arch, name});
}

std::string with_rule(const std::string& rule, const std::string& otherwise = "SCMP_ACT_ERRNO") {
  return R"({"defaultAction": ")" + otherwise + R"(", "syscalls": [)" + rule + "]}";
}

uint32_t answer(const Profile& profile, const std::string& name) { return profile.answers.at({native_arch(), name}); }

}  // namespace

TEST_CASE("A flat OCI file") {
  const Profile profile = read(R"({"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 38, "syscalls": [
      {"names": ["read", "write"], "action": "SCMP_ACT_ALLOW"}, {"names": ["getpid"], "action": "SCMP_ACT_LOG"},
      {"names": ["ptrace"], "action": "SCMP_ACT_ERRNO", "errnoRet": 1}]})");
  CHECK(profile.calls.size() == 3);
  CHECK(allows(profile, "read"));
  CHECK(allows(profile, "getpid"));
  CHECK(answer(profile, "ptrace") == 1);
  CHECK(answer(profile, "clone3") == 38);
  CHECK(profile.notes.empty());
}

TEST_CASE("Denying without an errno is EPERM, tracing without a tracer ENOSYS") {
  CHECK(answer(read(with_rule("")), "ptrace") == 1);
  CHECK(answer(read(with_rule(R"({"names": ["ptrace"], "action": "SCMP_ACT_TRACE", "errnoRet": 7})")), "ptrace") == 38);
}

TEST_CASE("Old Docker files name one call a rule") {
  const Profile profile = read(with_rule(R"({"name": "read", "action": "SCMP_ACT_ALLOW", "args": null})"));
  CHECK(profile.calls.size() == 1);
  CHECK(allows(profile, "read"));
}

TEST_CASE("A default that allows: every known call that is not denied") {
  const Profile profile = read(with_rule(R"({"names": ["ptrace"], "action": "SCMP_ACT_ERRNO", "errnoRet": 13},
      {"names": ["ptrace"], "action": "SCMP_ACT_ALLOW"},
      {"names": ["socket"], "action": "SCMP_ACT_ERRNO", "args": [{"index": 0, "value": 38, "op": "SCMP_CMP_EQ"}]})",
                                         "SCMP_ACT_ALLOW"));
  CHECK_FALSE(allows(profile, "ptrace"));  // runtimes skip the rule that does what the default does
  CHECK(answer(profile, "ptrace") == 13);
  CHECK(allows(profile, "socket"));
  CHECK(profile.calls.size() == known_syscalls(native_arch()).size() - 1);
  CHECK(profile.notes == std::vector<std::string>{"denied only for some arguments, and counted as allowed: socket"});
}

TEST_CASE("Conditional rules count as allowing and are named") {
  const Profile profile = read(with_rule(R"(
      {"names": ["socket", "clone"], "action": "SCMP_ACT_ALLOW", "args": [{"index": 0, "value": 40, "valueTwo": 0,
       "op": "SCMP_CMP_NE"}]},
      {"names": ["bpf"], "action": "SCMP_ACT_ALLOW", "includes": {"caps": ["CAP_SYS_ADMIN"]}},
      {"names": ["ptrace"], "action": "SCMP_ACT_ALLOW", "includes": {"minKernel": "4.8"}},
      {"names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38, "excludes": {"caps": ["CAP_SYS_ADMIN"]}},
      {"names": ["mount"], "action": "SCMP_ACT_NOTIFY"},
      {"names": ["clone"], "action": "SCMP_ACT_ALLOW"})"));
  for (const char* name : {"socket", "clone", "bpf", "ptrace", "mount"}) CHECK(allows(profile, name));
  CHECK_FALSE(allows(profile, "clone3"));
  CHECK(answer(profile, "clone3") == 38);
  CHECK(profile.notes == std::vector<std::string>{
                             "allowed only for some arguments, and counted as allowed: socket",
                             "allowed only from kernel 4.8 on, and counted as allowed: ptrace",
                             "allowed only if a supervisor agrees, and counted as allowed: mount",
                             "allowed only with CAP_SYS_ADMIN, and counted as allowed: bpf",
                         });
}

TEST_CASE("Rules for other machines do not count") {
  const std::string other = native_arch() == Arch::aarch64 ? "amd64" : "arm64";
  const std::string own = native_arch() == Arch::aarch64 ? "arm64" : "amd64";
  const Profile profile = read(with_rule(R"(
      {"names": ["mount"], "action": "SCMP_ACT_ALLOW", "includes": {"arches": [")" +
                                         other + R"("]}},
      {"names": ["bpf"], "action": "SCMP_ACT_ALLOW", "excludes": {"arches": [")" +
                                         own + R"("]}},
      {"names": ["read"], "action": "SCMP_ACT_ALLOW", "includes": {"arches": [")" +
                                         own + R"(", "x32"]}},
      {"names": ["write"], "action": "SCMP_ACT_ALLOW", "excludes": {"arches": ["s390", "s390x"]}})"));
  CHECK(profile.calls.size() == 2);
  CHECK(allows(profile, "read"));
  CHECK(allows(profile, "write"));
}

TEST_CASE("Tables: the native one and those that are listed") {
  const std::string rules = R"("defaultAction": "SCMP_ACT_ERRNO",
      "syscalls": [{"names": ["read", "socketcall"], "action": "SCMP_ACT_ALLOW"}])";
  const Profile plain = read("{" + rules + "}");
  const Profile listed = read(R"({"architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"], )" + rules + "}");
  const Profile foreign = read(R"({"architectures": ["SCMP_ARCH_AARCH64", "SCMP_ARCH_RISCV64"], )" + rules + "}");
  if (native_arch() == Arch::x86_64) {
    CHECK(plain.calls.size() == 1);
    CHECK(allows(plain, "read"));
    CHECK(listed.calls.size() == 3);
    CHECK(allows(listed, "socketcall", Arch::x86));
    CHECK(read(R"({"architectures": ["SCMP_ARCH_X86"], )" + rules + "}").calls.size() == 3);
  }
  CHECK(foreign.arch == Arch::aarch64);
  CHECK(allows(foreign, "read", Arch::aarch64));
  CHECK(foreign.notes ==
        std::vector<std::string>{"architectures that are not known here, so not compared: SCMP_ARCH_RISCV64"});
}

TEST_CASE("archMap: only the machine's own entry") {
  const Profile profile = read(R"({"defaultAction": "SCMP_ACT_ERRNO", "archMap": [
      {"architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86", "SCMP_ARCH_X32"]},
      {"architecture": "SCMP_ARCH_AARCH64", "subArchitectures": ["SCMP_ARCH_ARM"]},
      {"architecture": "SCMP_ARCH_S390X", "subArchitectures": ["SCMP_ARCH_S390"]}],
      "syscalls": [{"names": ["read"], "action": "SCMP_ACT_ALLOW"}]})");
  CHECK(profile.arch == native_arch());
  CHECK(profile.calls.size() == (native_arch() == Arch::x86_64 ? 3 : 2));
  CHECK(profile.notes.empty());
}

TEST_CASE("Names that no table knows are told, calls of other machines are not") {
  const Profile profile =
      read(with_rule(R"({"names": ["red", "arm_fadvise64_64", "read"], "action": "SCMP_ACT_ALLOW"})"));
  CHECK(profile.notes == std::vector<std::string>{"calls that are not known here, so not compared: red"});
}

TEST_CASE("A signal is no errno") {
  const Profile profile = read(with_rule(R"({"names": ["ptrace"], "action": "SCMP_ACT_TRAP"})"));
  CHECK_FALSE(profile.answers.contains({native_arch(), "ptrace"}));
  CHECK(profile.notes == std::vector<std::string>{"calls that are answered with a signal, not an errno: ptrace"});
  for (const char* action : {"SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD", "SCMP_ACT_KILL_PROCESS", "SCMP_ACT_TRAP"}) {
    const Profile strict = read(with_rule("", action));
    CHECK(strict.calls.empty());
    CHECK(strict.answers.empty());
    CHECK(strict.notes ==
          std::vector<std::string>{"calls that are not listed are answered with a signal, not an errno"});
  }
}

TEST_CASE("Answers that a file spells out are the usual ones") {
  std::string newer;
  for (const auto& call : known_syscalls(native_arch())) {
    if (call.newer) newer += (newer.empty() ? "\"" : ", \"") + call.name + "\"";
  }
  REQUIRE_FALSE(newer.empty());
  const Profile spelt = read(with_rule(R"({"names": [)" + newer + R"(], "action": "SCMP_ACT_ERRNO", "errnoRet": 38})"));
  Profile unsaid;
  unsaid.arch = native_arch();
  CHECK(diff_profiles(unsaid, spelt, Scope::system_calls).empty());
}

TEST_CASE("One bad field is one line that names it") {
  const struct {
    std::string text, message;
  } cases[] = {
      {"", "f.json: is empty"},
      {"[]", "f.json: has no \"defaultAction\""},
      {"{}", "f.json: has no \"defaultAction\""},
      {R"({"defaultAction": 3})", "f.json: defaultAction: must be a string"},
      {R"({"defaultAction": "ALLOW"})", "f.json: defaultAction: must be an action of seccomp, e.g. SCMP_ACT_ALLOW"},
      {R"({"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 4096})",
       "f.json: defaultErrnoRet: must be a number from 0 to 4095"},
      {R"({"defaultAction": "SCMP_ACT_ERRNO", "syscalls": {}})", "f.json: syscalls: must be an array"},
      {R"({"defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_X86", 1]})",
       "f.json: architectures[1]: must be a string"},
      {R"({"defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_X86"],
           "archMap": [{"architecture": "SCMP_ARCH_X86"}]})",
       "f.json: archMap: stands beside \"architectures\"; use either, as Docker demands"},
      {with_rule("1"), "f.json: syscalls[0]: must be an object"},
      {with_rule(R"({"action": "SCMP_ACT_ALLOW"})"), "f.json: syscalls[0]: has no \"names\""},
      {with_rule(R"({"name": "read", "names": ["write"], "action": "SCMP_ACT_ALLOW"})"),
       "f.json: syscalls[0]: has both \"name\" and \"names\"; use either"},
      {with_rule(R"({"names": ["read"]})"), "f.json: syscalls[0]: has no \"action\""},
      {with_rule(R"({"names": ["read"], "action": "SCMP_ACT_ERRNO", "errnoRet": -1})"),
       "f.json: syscalls[0].errnoRet: must be a number from 0 to 4095"},
      {with_rule(R"({"names": ["read"], "action": "SCMP_ACT_ALLOW", "args": [{"index": 6, "op": "SCMP_CMP_EQ"}]})"),
       "f.json: syscalls[0].args[0].index: must be a number from 0 to 5"},
      {with_rule(R"({"names": ["read"], "action": "SCMP_ACT_ALLOW", "args": [{"index": 0, "op": "EQ"}]})"),
       "f.json: syscalls[0].args[0].op: must be a comparison of seccomp, e.g. SCMP_CMP_EQ"},
      {with_rule(R"({"names": ["read"], "action": "SCMP_ACT_ALLOW", "includes": {"caps": "CAP_BPF"}})"),
       "f.json: syscalls[0].includes.caps: must be an array"},
  };
  for (const auto& [text, message] : cases) {
    CAPTURE(text);
    const auto profile = profile_from_seccomp(text, "f.json");
    REQUIRE_FALSE(profile);
    CHECK(profile.error().line() == message);
  }
}

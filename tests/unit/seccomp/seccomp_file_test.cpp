// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "profilegen/seccomp.h"

using namespace profilegen;

namespace {

const std::set<std::string> kNoCapabilities;

SeccompEffect read(const std::string& text, const std::set<std::string>& capabilities = kNoCapabilities) {
  const auto effect = SeccompEffect::of_file(text, "f.json", capabilities);
  INFO(text);
  if (!effect) FAIL(effect.error().line());
  return *effect;
}

bool allows(const SeccompEffect& effect, const std::string& name, Arch arch = native_arch()) {
  return effect.answer({arch, name}, {}).lets_through();
}

/// The number of allowed calls in all tables, with all arguments 0.
size_t count(const SeccompEffect& effect) {
  size_t allowed = 0;
  for (const Arch arch : effect.architectures())
    for (const auto& call : known_syscalls(arch)) allowed += allows(effect, call.name, arch) ? 1 : 0;
  return allowed;
}

std::string with_rule(const std::string& rule, const std::string& otherwise = "SCMP_ACT_ERRNO") {
  return R"({"defaultAction": ")" + otherwise + R"(", "syscalls": [)" + rule + "]}";
}

uint32_t answer(const SeccompEffect& effect, const std::string& name) {
  const SeccompAnswer answer = effect.answer({native_arch(), name}, {});
  REQUIRE(answer.action == SeccompAction::error);
  return answer.errnum;
}

}  // namespace

TEST_CASE("A flat OCI file") {
  const SeccompEffect profile = read(R"({"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 38, "syscalls": [
      {"names": ["read", "write"], "action": "SCMP_ACT_ALLOW"}, {"names": ["getpid"], "action": "SCMP_ACT_LOG"},
      {"names": ["ptrace"], "action": "SCMP_ACT_ERRNO", "errnoRet": 1}]})");
  CHECK(count(profile) == 3);
  CHECK(allows(profile, "read"));
  CHECK(allows(profile, "getpid"));
  CHECK(answer(profile, "ptrace") == 1);
  CHECK(answer(profile, "clone3") == 38);
  CHECK(profile.notes().empty());
}

TEST_CASE("Denying without an errno is EPERM, tracing without a tracer ENOSYS") {
  CHECK(answer(read(with_rule("")), "ptrace") == 1);
  CHECK(answer(read(with_rule(R"({"names": ["ptrace"], "action": "SCMP_ACT_TRACE", "errnoRet": 7})")), "ptrace") == 38);
}

TEST_CASE("Old Docker files name one call a rule") {
  const SeccompEffect profile = read(with_rule(R"({"name": "read", "action": "SCMP_ACT_ALLOW", "args": null})"));
  CHECK(count(profile) == 1);
  CHECK(allows(profile, "read"));
}

TEST_CASE("A default that allows: every known call that is not denied") {
  const SeccompEffect profile = read(with_rule(R"({"names": ["ptrace"], "action": "SCMP_ACT_ERRNO", "errnoRet": 13},
      {"names": ["ptrace"], "action": "SCMP_ACT_ALLOW"},
      {"names": ["socket"], "action": "SCMP_ACT_ERRNO", "args": [{"index": 0, "value": 38, "op": "SCMP_CMP_EQ"}]})",
                                               "SCMP_ACT_ALLOW"));
  CHECK_FALSE(allows(profile, "ptrace"));  // runtimes skip a rule that equals the default
  CHECK(answer(profile, "ptrace") == 13);
  CHECK(allows(profile, "socket"));
  CHECK(count(profile) == known_syscalls(native_arch()).size() - 1);
  CHECK_FALSE(profile.answer({native_arch(), "socket"}, {38}).lets_through());
}

TEST_CASE("Conditions are read for a container with its capabilities, on a new kernel") {
  const std::string text = with_rule(R"(
      {"names": ["bpf", "chroot"], "action": "SCMP_ACT_ALLOW", "includes": {"caps": ["CAP_SYS_ADMIN"]}},
      {"names": ["ptrace"], "action": "SCMP_ACT_ALLOW", "includes": {"minKernel": "4.8"}},
      {"names": ["kcmp"], "action": "SCMP_ACT_ALLOW", "excludes": {"minKernel": "4.8"}},
      {"names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38, "excludes": {"caps": ["CAP_SYS_ADMIN"]}},
      {"names": ["mount"], "action": "SCMP_ACT_NOTIFY"})");
  const SeccompEffect plain = read(text, {"CHOWN"});
  for (const char* name : {"ptrace", "mount"}) CHECK(allows(plain, name));
  for (const char* name : {"bpf", "chroot", "kcmp", "clone3"}) CHECK_FALSE(allows(plain, name));
  CHECK(answer(plain, "clone3") == 38);
  CHECK(answer(plain, "bpf") == 1);
  CHECK(plain.notes() ==
        std::vector<std::string>{
            "has conditions that only dockerd and podman read: containerd and a runtime alone take their rules as "
            "unconditional",
            "only before kernel 4.8, so left out: kcmp",
            "only for containers with CAP_SYS_ADMIN, so left out: bpf, chroot",
            "only from kernel 4.8 on, and counted: ptrace",
            "only if a supervisor agrees, and counted as let through: mount",
        });
  const SeccompEffect admin = read(text, {"SYS_ADMIN"});
  for (const char* name : {"bpf", "chroot", "ptrace", "mount"}) CHECK(allows(admin, name));
  CHECK(answer(admin, "clone3") == 1);
  CHECK(admin.notes().at(1) == "not for containers with CAP_SYS_ADMIN, so left out: clone3");
}

TEST_CASE("What runtimes refuse or read differently is told") {
  const auto notes = [](const std::string& rule, const std::string& otherwise = "SCMP_ACT_ERRNO") {
    return read(with_rule(rule, otherwise)).notes();
  };
  CHECK(notes(R"({"names": ["read"], "action": "SCMP_ACT_ALLOW", "errnoRet": 1})") ==
        std::vector<std::string>{"crun refuses errnoRet beside another action than ERRNO and TRACE: read"});
  CHECK(notes(R"({"names": ["ioctl"], "action": "SCMP_ACT_ALLOW", "args": [{"index": 1, "value": 1, "op":
      "SCMP_CMP_EQ"}, {"index": 1, "value": 3, "op": "SCMP_CMP_EQ"}]})") ==
        std::vector<std::string>{
            "compares one argument twice, which runtimes read as \"or\": ioctl",
            "several 64-bit comparisons of one argument, which libseccomp before 2.6.1 may merge wrongly: ioctl"});
  CHECK(notes("", "SCMP_ACT_NOTIFY") == std::vector<std::string>{"runc refuses SCMP_ACT_NOTIFY as the default"});
  CHECK(notes(R"({"names": ["write"], "action": "SCMP_ACT_NOTIFY"})").at(1) ==
        "runc refuses SCMP_ACT_NOTIFY for write, which it needs to hand over the listener");
  CHECK(
      notes(R"({"names": ["read"], "action": "SCMP_ACT_ALLOW", "excludes": {"caps": ["CAP_BPF"]}})") ==
      std::vector<std::string>{"has conditions that only dockerd and podman read: containerd and a runtime alone take "
                               "their rules as unconditional"});
}

TEST_CASE("Arguments decide as the compiled filter does") {
  const SeccompEffect effect = read(with_rule(R"(
      {"names": ["personality"], "action": "SCMP_ACT_ALLOW", "args": [{"index": 0, "value": 8, "op": "SCMP_CMP_EQ"}]},
      {"names": ["clone"], "action": "SCMP_ACT_ALLOW",
       "args": [{"index": 0, "value": 2114060288, "valueTwo": 0, "op": "SCMP_CMP_MASKED_EQ"}]},
      {"names": ["ioctl"], "action": "SCMP_ACT_ALLOW",
       "args": [{"index": 1, "value": 1, "op": "SCMP_CMP_EQ"}, {"index": 1, "value": 3, "op": "SCMP_CMP_EQ"}]},
      {"names": ["socket"], "action": "SCMP_ACT_ALLOW",
       "args": [{"index": 0, "value": 1, "op": "SCMP_CMP_EQ"}, {"index": 1, "value": 2, "op": "SCMP_CMP_LE"}]})"));
  const auto with = [&](const char* name, CallArguments arguments) {
    return effect.answer({native_arch(), name}, arguments).lets_through();
  };
  CHECK(with("personality", {8}));
  CHECK_FALSE(with("personality", {0}));
  CHECK_FALSE(with("personality", {0x100000008}));  // all 64 bits are compared
  CHECK(with("clone", {0x11}));
  CHECK_FALSE(with("clone", {0x10000011}));
  CHECK(with("ioctl", {0, 1}));  // runc and crun treat a repeated index as "or"
  CHECK(with("ioctl", {0, 3}));
  CHECK_FALSE(with("ioctl", {0, 2}));
  CHECK(with("socket", {1, 2}));
  CHECK_FALSE(with("socket", {1, 3}));
  CHECK_FALSE(with("socket", {2, 1}));
}

TEST_CASE("A call that libseccomp has no name for is compared by its rules all the same") {
  std::string nameless;
  for (const auto& call : known_syscalls(native_arch()))
    if (!libseccomp_names(call.name)) nameless = call.name;
  if (nameless.empty()) return;  // this libseccomp knows all calls
  const SeccompEffect effect = read(with_rule(R"({"names": [")" + nameless + R"("], "action": "SCMP_ACT_ALLOW",
      "args": [{"index": 2, "value": 7, "op": "SCMP_CMP_EQ"}]})"));
  CHECK(effect.answer({native_arch(), nameless}, {0, 0, 7}).lets_through());
  CHECK_FALSE(effect.answer({native_arch(), nameless}, {}).lets_through());
  CHECK_FALSE(allows(effect, "getpid"));  // stands for the unknown call in the compiled filter
}

TEST_CASE("Rules for other machines do not count") {
  const std::string other = native_arch() == Arch::aarch64 ? "amd64" : "arm64";
  const std::string own = native_arch() == Arch::aarch64 ? "arm64" : "amd64";
  const SeccompEffect profile = read(with_rule(R"(
      {"names": ["mount"], "action": "SCMP_ACT_ALLOW", "includes": {"arches": [")" +
                                               other + R"("]}},
      {"names": ["bpf"], "action": "SCMP_ACT_ALLOW", "excludes": {"arches": [")" +
                                               own + R"("]}},
      {"names": ["read"], "action": "SCMP_ACT_ALLOW", "includes": {"arches": [")" +
                                               own + R"(", "x32"]}},
      {"names": ["write"], "action": "SCMP_ACT_ALLOW", "excludes": {"arches": ["s390", "s390x"]}})"));
  CHECK(count(profile) == 2);
  CHECK(allows(profile, "read"));
  CHECK(allows(profile, "write"));
}

TEST_CASE("Tables: the native one and those that are listed") {
  const std::string rules = R"("defaultAction": "SCMP_ACT_ERRNO",
      "syscalls": [{"names": ["read", "socketcall"], "action": "SCMP_ACT_ALLOW"}])";
  const SeccompEffect plain = read("{" + rules + "}");
  const SeccompEffect listed = read(R"({"architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"], )" + rules + "}");
  const SeccompEffect foreign = read(R"({"architectures": ["SCMP_ARCH_AARCH64", "SCMP_ARCH_RISCV64"], )" + rules + "}");
  if (native_arch() == Arch::x86_64) {
    CHECK(count(plain) == 1);
    CHECK(allows(plain, "read"));
    CHECK(count(listed) == 3);
    CHECK(allows(listed, "socketcall", Arch::x86));
    CHECK(count(read(R"({"architectures": ["SCMP_ARCH_X86"], )" + rules + "}")) == 3);
  }
  CHECK(foreign.native() == Arch::aarch64);
  CHECK(allows(foreign, "read", Arch::aarch64));
  CHECK(foreign.notes() ==
        std::vector<std::string>{"architectures that are not known here, so not compared: SCMP_ARCH_RISCV64"});
}

TEST_CASE("archMap: only the machine's own entry") {
  const SeccompEffect profile = read(R"({"defaultAction": "SCMP_ACT_ERRNO", "archMap": [
      {"architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86", "SCMP_ARCH_X32"]},
      {"architecture": "SCMP_ARCH_AARCH64", "subArchitectures": ["SCMP_ARCH_ARM"]},
      {"architecture": "SCMP_ARCH_S390X", "subArchitectures": ["SCMP_ARCH_S390"]}],
      "syscalls": [{"names": ["read"], "action": "SCMP_ACT_ALLOW"}]})");
  CHECK(profile.native() == native_arch());
  CHECK(count(profile) == (native_arch() == Arch::x86_64 ? 3 : 2));
  CHECK(profile.notes().empty());
}

TEST_CASE("Names that no table knows are told, calls of other machines are not") {
  const SeccompEffect profile =
      read(with_rule(R"({"names": ["red", "arm_fadvise64_64", "read"], "action": "SCMP_ACT_ALLOW"})"));
  CHECK(profile.notes() == std::vector<std::string>{"names that no table has, so left out: red"});
}

TEST_CASE("A signal is no errno") {
  const SeccompEffect effect = read(with_rule(R"({"names": ["ptrace"], "action": "SCMP_ACT_TRAP"})"));
  CHECK(answer_text(effect.answer({native_arch(), "ptrace"}, {})) == "a signal");
  for (const char* action : {"SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD", "SCMP_ACT_KILL_PROCESS", "SCMP_ACT_TRAP"}) {
    const SeccompEffect strict = read(with_rule("", action));
    CHECK(count(strict) == 0);
    CHECK(answer_text(strict.answer({native_arch(), "read"}, {})) == "a signal");
  }
}

TEST_CASE("A profile does what its seccomp.json does") {
  Profile profile;
  profile.calls[{Arch::x86_64, "read"}] = {NeededBy::app};
  profile.calls[{Arch::x86, "write"}] = {NeededBy::app};
  profile.calls[{Arch::x86_64, "clone"}] = {NeededBy::app};
  profile.arguments[{Arch::x86_64, "clone"}] = {{{0, 0x7e020000, 0}}};
  profile.answers[{Arch::x86_64, "mount"}] = 13;
  const auto effect = SeccompEffect::of(profile);
  REQUIRE(effect);
  CHECK(effect->architectures() == std::set<Arch>{Arch::x86_64, Arch::x86});
  CHECK(allows(*effect, "write", Arch::x86_64));  // a name applies to all listed tables
  CHECK(allows(*effect, "clone", Arch::x86_64));
  CHECK(answer_text(effect->answer({Arch::x86_64, "clone"}, {0x10000000})) == "EPERM");
  CHECK(answer_text(effect->answer({Arch::x86_64, "mount"}, {})) == "EACCES");
  CHECK(answer_text(effect->answer({Arch::x86_64, "ptrace"}, {})) == "EPERM");
  CHECK(answer_text(effect->answer({Arch::x86_64, "clone3"}, {})) == "ENOSYS");
  CHECK(answer_text(effect->answer({Arch::x86_64, "#999"}, {})) == "ENOSYS");
  CHECK(answer_text(effect->answer({Arch::x32, "read"}, {})) == "a signal");
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
       "f.json: archMap: must not be given together with \"architectures\"; use either, as Docker demands"},
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
    const auto profile = SeccompEffect::of_file(text, "f.json", {});
    REQUIRE_FALSE(profile);
    CHECK(profile.error().line() == message);
  }
}

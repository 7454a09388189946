// SPDX-License-Identifier: Apache-2.0
// Runs every call of the table through the filter that libseccomp makes from the emitted file.
#include <linux/audit.h>

#include <random>

#include "oci_filter.h"
#include "support/registry.h"

using namespace profilegen;

namespace {

constexpr uint32_t kX32Bit = 0x40000000;

uint32_t audit_arch(Arch arch) { return arch == Arch::x86 ? AUDIT_ARCH_I386 : AUDIT_ARCH_X86_64; }

bool libseccomp_knows(const std::string& name) { return seccomp_syscall_resolve_name(name.c_str()) != __NR_SCMP_ERROR; }

uint32_t answer(uint32_t errnum) { return SECCOMP_RET_ERRNO | errnum; }

class Generator {
 public:
  explicit Generator(uint32_t seed) : random_(seed) {}

  Profile profile(std::vector<Arch> arches) {
    Profile result;
    for (const Arch arch : arches) {
      for (const KnownSyscall& call : known_syscalls(arch)) {
        if (one_of(4)) result.calls[{arch, call.name}] = {NeededBy::app};
        if (one_of(10)) result.answers[{arch, call.name}] = std::vector<uint32_t>{1, 13, 38, 95}[random_() % 4];
      }
    }
    return result;
  }

 private:
  bool one_of(uint32_t count) { return random_() % count == 0; }
  std::mt19937 random_;
};

// A name is allowed if it is allowed in any of the tables, as in the emitted file.
bool is_allowed(const Profile& profile, const std::vector<Arch>& arches, const std::string& name) {
  return std::ranges::any_of(arches, [&](Arch arch) { return profile.calls.contains({arch, name}); });
}

uint32_t meant_errno(const Profile& profile, const std::vector<Arch>& arches, const std::string& name) {
  bool newer = false;
  for (const Arch arch : arches) {
    if (const auto found = profile.answers.find({arch, name}); found != profile.answers.end()) return found->second;
    for (const KnownSyscall& call : known_syscalls(arch)) newer = newer || (call.newer && call.name == name);
  }
  return newer ? 38 : 1;
}

void check_every_call(const Profile& profile, const std::vector<Arch>& arches, DefaultErrno mode) {
  const Result<std::string> text = emit_seccomp({profile, "out"});
  REQUIRE(text);
  const BpfMachine machine = oci::compile(*text, mode);
  for (const Arch arch : arches) {
    for (const KnownSyscall& call : known_syscalls(arch)) {
      INFO(arch_name(arch) << ' ' << call.name << ' ' << call.number);
      // If libseccomp does not know a name, it can be neither allowed nor get its own errno: the default answer
      // applies.
      if (!libseccomp_knows(call.name)) {
        CHECK(oci::run(machine, audit_arch(arch), call.number) == answer(mode == DefaultErrno::honoured ? 38 : 1));
      } else if (is_allowed(profile, arches, call.name)) {
        CHECK(oci::run(machine, audit_arch(arch), call.number) == SECCOMP_RET_ALLOW);
      } else {
        CHECK(oci::run(machine, audit_arch(arch), call.number) == answer(meant_errno(profile, arches, call.name)));
      }
    }
  }
}

}  // namespace

TEST_CASE("any native profile compiles to what it means, for each call") {
  const std::vector<Arch> arches{Arch::x86_64};
  for (uint32_t seed = 1; seed <= 20; ++seed) {
    const Profile profile = Generator(seed).profile(arches);
    check_every_call(profile, arches, DefaultErrno::honoured);
    check_every_call(profile, arches, DefaultErrno::ignored);
  }
}

TEST_CASE("any profile with i386 calls compiles to what it means, for each call of both tables") {
  const std::vector<Arch> arches{Arch::x86_64, Arch::x86};
  for (uint32_t seed = 1; seed <= 20; ++seed) {
    const Profile profile = Generator(seed).profile(arches);
    check_every_call(profile, arches, DefaultErrno::honoured);
    check_every_call(profile, arches, DefaultErrno::ignored);
  }
}

TEST_CASE("a restricted call is let through with the arguments of one of its rules, whatever else is in them") {
  std::mt19937 random(11);
  for (int round = 0; round < 40; ++round) {
    Profile profile = Generator(static_cast<uint32_t>(round)).profile({Arch::x86_64});
    const CallKey call{Arch::x86_64, "socket"};
    profile.calls[call] = {NeededBy::app};
    profile.answers.erase(call);
    for (auto count = 1 + random() % 3; count > 0; --count) {
      const uint32_t mask = random() % 2 == 0 ? 0xffffffff : 0xfff7f7ff;
      ArgumentRule rule{{0, 0xffffffff, static_cast<uint32_t>(random() % 4)}};
      if (random() % 2 == 0) rule.push_back({1, mask, static_cast<uint32_t>(random() % 3)});
      profile.arguments[call].insert(rule);
    }
    const Result<std::string> text = emit_seccomp({profile, "out"});
    REQUIRE(text);
    const BpfMachine machine = oci::compile(*text);
    for (uint64_t family = 0; family < 5; ++family) {
      for (uint64_t type = 0; type < 4; ++type) {
        for (const uint64_t more : {uint64_t{0}, uint64_t{0x80800}, uint64_t{1} << 40}) {
          const auto holds = [&](const ArgumentRule& rule) {
            return std::ranges::all_of(rule, [&](const ArgumentComparison& comparison) {
              const uint64_t argument = comparison.index == 0 ? family : type | more;
              return (argument & comparison.mask) == comparison.value;
            });
          };
          const auto& rules = profile.arguments.at(call);
          const bool none_of_some_bits = rules.size() == 1 && rules.begin()->size() == 1 &&
                                         rules.begin()->front().value == 0 && rules.begin()->front().mask != 0xffffffff;
          const uint32_t refused = answer(none_of_some_bits ? 1 : 38);
          CAPTURE(family, type, more);
          CHECK(oci::run(machine, AUDIT_ARCH_X86_64, 41, {family, type | more, 0}) ==
                (std::ranges::any_of(rules, holds) ? SECCOMP_RET_ALLOW : refused));
        }
      }
    }
    const auto known = profile.calls.find({Arch::x86_64, "read"});
    CHECK((oci::run(machine, AUDIT_ARCH_X86_64, 0) == SECCOMP_RET_ALLOW) == (known != profile.calls.end()));
  }
}

TEST_CASE("a name that one table restricts and another does not is not restricted: a rule speaks of both") {
  Profile profile;
  for (const Arch arch : {Arch::x86_64, Arch::x86}) profile.calls[{arch, "clone"}] = {NeededBy::app};
  profile.arguments[{Arch::x86_64, "clone"}] = {{{0, 0x7e020000, 0}}};
  const uint64_t new_user = 0x10000000;
  const auto clone_with = [&](uint64_t flags) {
    const Result<std::string> text = emit_seccomp({profile, "out"});
    REQUIRE(text);
    const BpfMachine machine = oci::compile(*text);
    return std::pair(oci::run(machine, AUDIT_ARCH_X86_64, 56, {flags}),
                     oci::run(machine, AUDIT_ARCH_I386, 120, {flags}));
  };
  CHECK(clone_with(new_user) == std::pair<uint32_t, uint32_t>(SECCOMP_RET_ALLOW, SECCOMP_RET_ALLOW));
  profile.arguments[{Arch::x86, "clone"}] = {{{0, 0x7e020000, 0}}};
  for (uint64_t bit = 1; bit < (uint64_t{1} << 32); bit <<= 1) {
    for (const uint64_t flags : {bit, bit | 17, bit | new_user}) {
      CAPTURE(flags);
      const uint32_t expected = (flags & 0x7e020000) == 0 ? SECCOMP_RET_ALLOW : answer(1);
      CHECK(clone_with(flags) == std::pair(expected, expected));
    }
  }
  CHECK(clone_with(17) == std::pair<uint32_t, uint32_t>(SECCOMP_RET_ALLOW, SECCOMP_RET_ALLOW));
}

TEST_CASE("a native profile leaves the other tables shut") {
  const Profile profile = Generator(7).profile({Arch::x86_64});
  const Result<std::string> text = emit_seccomp({profile, "out"});
  REQUIRE(text);
  const BpfMachine machine = oci::compile(*text);
  for (const KnownSyscall& call : known_syscalls(Arch::x86)) {
    CHECK(oci::run(machine, AUDIT_ARCH_I386, call.number) == SECCOMP_RET_KILL_THREAD);
  }
  for (const KnownSyscall& call : known_syscalls(Arch::x86_64)) {
    CHECK(oci::run(machine, AUDIT_ARCH_X86_64, call.number | kX32Bit) == SECCOMP_RET_KILL_THREAD);
  }
}

TEST_CASE("calls that need ENOSYS get it wherever the default says EPERM") {
  Profile profile;
  profile.calls[{Arch::x86_64, "read"}] = {NeededBy::app};
  const Result<std::string> text = emit_seccomp({profile, "out"});
  REQUIRE(text);
  const BpfMachine ignored = oci::compile(*text, DefaultErrno::ignored);
  const BpfMachine honoured = oci::compile(*text, DefaultErrno::honoured);
  for (const uint32_t number :
       {435U /* clone3 */, 437U /* openat2 */, 439U /* faccessat2 */, 425U /* io_uring_setup */}) {
    CHECK(oci::run(ignored, AUDIT_ARCH_X86_64, number) == answer(38));
    CHECK(oci::run(honoured, AUDIT_ARCH_X86_64, number) == answer(38));
  }
  for (const uint32_t number : {452U /* fchmodat2 */, 462U /* mseal */}) {
    CHECK(oci::run(honoured, AUDIT_ARCH_X86_64, number) == answer(38));
  }
  CHECK(oci::run(honoured, AUDIT_ARCH_X86_64, 101 /* ptrace */) == answer(1));
}

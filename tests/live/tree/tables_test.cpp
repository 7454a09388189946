// SPDX-License-Identifier: Apache-2.0
// A number's meaning depends on the table through which it is called, and not every number is a call.
#include <catch2/catch.hpp>
#include <iostream>

#include "support/recorded.h"
#include "tree/gate.h"

using namespace profilegen;

namespace {

bool called(const Trace& trace, Arch arch, uint32_t number) {
  return trace.syscalls.count({Phase::app, arch, number}) == 1;
}

Outcome emit_seccomp(const Scratch& scratch) {
  return scratch.profilegen({"emit", "--format", "seccomp", "profilegen-trace.json"});
}

}  // namespace

TEST_CASE("A call through the 32-bit gate is one of the i386 table") {
  if (!has_32_bit_gate()) return;
  const Scratch scratch;
  const auto trace = scratch.record({prog("int80")});
  CHECK(called(trace, Arch::x86, *syscall_number(Arch::x86, "getpid")));
  CHECK_FALSE(called(trace, Arch::x86_64, 20));  // 20 is writev there
  size_t others = 0;
  for (const auto& [key, evidence] : trace.syscalls) others += key.arch == Arch::x86 ? 1 : 0;
  CHECK(others == 1);
  const Outcome emitted = emit_seccomp(scratch);
  CHECK(emitted.status == 0);
  CHECK(emitted.out.find("SCMP_ARCH_X86\"") != std::string::npos);
}

TEST_CASE("A program that uses one table does not open another") {
  const Scratch scratch;
  (void)scratch.record({"true"});
  const Outcome emitted = emit_seccomp(scratch);
  CHECK(emitted.out.find("SCMP_ARCH_X86_64") != std::string::npos);
  CHECK(emitted.out.find("SCMP_ARCH_X86\"") == std::string::npos);
  CHECK(emitted.out.find("SCMP_ARCH_X32") == std::string::npos);
}

TEST_CASE("A call through the vsyscall page, which is none, needs what it stands for") {
  const Scratch untraced;
  if (untraced.run({prog("vsyscall")}).status != 0) {
    std::cout << "this kernel has no vsyscall page\n";
    return;
  }
  const Scratch scratch;
  const auto trace = scratch.record({prog("vsyscall")});
  CHECK(called(trace, Arch::x86_64, *syscall_number(Arch::x86_64, "time")));
  CHECK_FALSE(called(trace, Arch::x86_64, *syscall_number(Arch::x86_64, "gettimeofday")));
}

TEST_CASE("Only the lower half of rax is the number") {
  const Scratch scratch;
  const auto trace = scratch.record({prog("high_rax")});
  CHECK(called(trace, Arch::x86_64, *syscall_number(Arch::x86_64, "getpid")));
}

TEST_CASE("Numbers that no table has are recorded as numbers, and do not stop emit") {
  const Scratch scratch;
  const auto trace = scratch.record({prog("denied_call"), "600", "1023", "1024", "100000", "-1", "39"});
  for (const uint32_t number : {600U, 1023U, 1024U, 100000U, 0xffffffffU, 39U})
    CHECK(called(trace, Arch::x86_64, number));
  for (const auto& [key, evidence] : trace.syscalls) CHECK(key.arch == Arch::x86_64);
  CHECK(trace.denied.empty());

  const Outcome emitted = emit_seccomp(scratch);
  INFO(emitted.err);
  CHECK(emitted.status == 0);
  CHECK(emitted.out.find("getpid") != std::string::npos);
  CHECK(emitted.out.find("#") == std::string::npos);
  const Profile profile = scratch.emit();
  CHECK(profile.calls.count({Arch::x86_64, "#600"}) == 1);
  CHECK(profile.calls.count({Arch::x86_64, "#4294967295"}) == 1);
}

TEST_CASE("A call with the x32 bit is one of x32's") {
  const Scratch scratch;
  const auto trace = scratch.record({prog("denied_call"), "0x40000027"});
  // Kernels without x32 answer ENOSYS, but the call was made.
  CHECK(called(trace, Arch::x32, 39));
  CHECK_FALSE(called(trace, Arch::x86_64, 39));
  CHECK(emit_seccomp(scratch).out.find("SCMP_ARCH_X32") != std::string::npos);
}

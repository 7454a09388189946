// SPDX-License-Identifier: Apache-2.0
// Large amounts of everything, as users have them: nothing is lost.
#include <catch2/catch.hpp>

#include "support/recorded.h"

using namespace profilegen;

namespace {

/// The calls of a table that every_call made but that are missing in the trace.
std::set<uint32_t> missing(const Trace& trace, Arch arch, uint32_t count) {
  std::set<uint32_t> left;
  for (uint32_t number = 0; number < count; ++number)
    if (syscall_label(arch, number) != "vhangup" && trace.syscalls.count({Phase::app, arch, number}) == 0)
      left.insert(number);
  return left;
}

}  // namespace

TEST_CASE("Twenty thousand processes, 64 at a time: nothing is lost, and the last one still counts", "[slow]") {
  const Scratch scratch;
  const Trace trace = scratch.record({prog("spawn_many"), "20000", "64"});
  CHECK(app_calls(trace).count("sched_getscheduler") == 1);
}

TEST_CASE("All calls of all tables are recorded as what they are", "[slow]") {
  struct Table {
    const char* name;
    Arch arch;
  };
  constexpr uint32_t kCount = 470;
  for (const Table& table : {Table{"native", Arch::x86_64}, Table{"x32", Arch::x32}, Table{"i386", Arch::x86}}) {
    CAPTURE(table.name);
    const Scratch scratch;
    if (table.arch == Arch::x86 && scratch.run({prog("int80")}).status != 0) {
      WARN("this kernel has no gate for 32-bit calls");
      continue;
    }
    const Trace trace = scratch.record({prog("every_call"), table.name, std::to_string(kCount)});
    CHECK(missing(trace, table.arch, kCount).empty());
  }
}

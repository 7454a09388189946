// SPDX-License-Identifier: Apache-2.0
#include "support/groups.h"

#include <catch2/catch.hpp>

#include "profilegen/syscalls.h"

using namespace profilegen;
using namespace profilegen::report;

TEST_CASE("Each call of the x86-64 table is about something, and each name there is known") {
  const size_t others = call_groups().size() - 1;
  for (const KnownSyscall& call : known_syscalls(Arch::x86_64)) {
    CAPTURE(call.name);
    CHECK(group_of(call.name) != others);
  }
  for (const CallGroup& group : call_groups()) {
    for (const std::string& call : group.calls) {
      CAPTURE(call);
      CHECK(syscall_number(Arch::x86_64, call));
    }
  }
}

TEST_CASE("i386's longer names belong to the same group") {
  CHECK(group_of("setuid32") == group_of("setuid"));
  CHECK(group_of("ppoll_time64") == group_of("ppoll"));
  CHECK(group_of("clock_gettime64") == group_of("clock_gettime"));
  CHECK(group_of("#999") == call_groups().size() - 1);
}

// SPDX-License-Identifier: Apache-2.0
#include "kernel/interruption.h"

#include <catch2/catch.hpp>

using namespace profilegen;

TEST_CASE("a kernel that is built for one mode says so in its version") {
  CHECK(preemption("#1 SMP Debian 5.10.209-2 (2024-01-31)", "") == Preemption::no);
  CHECK(preemption("#1 SMP PREEMPT", "") == Preemption::yes);
  CHECK(preemption("#1 SMP PREEMPT Debian 5.10.1", "") == Preemption::yes);
  CHECK(preemption("#1 SMP PREEMPT_RT Debian 6.1.55-1", "") == Preemption::yes);
}

TEST_CASE("one that can be told how to preempt is asked, and preemptible unless it is known not to be") {
  const std::string version = "#1 SMP PREEMPT_DYNAMIC Debian 6.1.55-1 (2023-09-29)";
  CHECK(preemption(version, "(none) voluntary full\n") == Preemption::no);
  CHECK(preemption(version, "none (voluntary) full\n") == Preemption::no);
  CHECK(preemption(version, "none voluntary (full)\n") == Preemption::yes);
  CHECK(preemption(version, "none voluntary full (lazy)\n") == Preemption::yes);
  CHECK(preemption(version, "none voluntary full (another)\n") == Preemption::unknown);
  CHECK(preemption(version, "") == Preemption::unknown);
  CHECK(preemption("", "") == Preemption::unknown);
}

TEST_CASE("programs at functions may be interrupted where it is not known that they are not") {
  CHECK(may_interrupt_functions(Preemption::yes));
  CHECK(may_interrupt_functions(Preemption::unknown));
  CHECK_FALSE(may_interrupt_functions(Preemption::no));
}

// SPDX-License-Identifier: Apache-2.0
#include "profilegen/capability_demand.h"

#include <catch2/catch.hpp>

using namespace profilegen;

namespace {
CapabilityKey key(CapVerdict verdict, const char* call, const std::string& site) {
  return {8, verdict, Arch::x86_64, syscall_number(Arch::x86_64, call).value(), site};
}
}  // namespace

TEST_CASE("A demand is told from a check") {
  CHECK(is_demand(key(CapVerdict::kept, "capset", "")));
  CHECK(is_demand(key(CapVerdict::file, "execve", "/bin/ping")));
  CHECK_FALSE(is_refused_demand(key(CapVerdict::kept, "capset", "")));
  CHECK(is_refused_demand(key(CapVerdict::denied, "execve", "/bin/ping")));
  CHECK(is_refused_demand(key(CapVerdict::denied, "capset", "")));
  CHECK(is_refused_demand(key(CapVerdict::denied, "prctl", "")));
  CHECK_FALSE(is_demand(key(CapVerdict::denied, "capset", "ns_capable<cap_capset")));
  CHECK_FALSE(is_demand(key(CapVerdict::denied, "chown", "")));
  CHECK_FALSE(is_demand(key(CapVerdict::needed, "capset", "")));
}

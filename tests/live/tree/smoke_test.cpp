// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "support/recorded.h"

TEST_CASE("What was recorded of a process tree has no runtime's calls") {
  const Scratch scratch;
  const auto trace = scratch.record({"true"});
  CHECK(app_calls(trace).count("execve") == 1);
  CHECK(app_calls(trace).count("exit_group") == 1);
  CHECK(runtime_calls(trace).empty());
  CHECK(only_run(trace).subject.engine.empty());
}

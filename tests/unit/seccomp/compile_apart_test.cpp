// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <catch2/catch.hpp>

#include "compile_apart.h"

using namespace profilegen;
using namespace profilegen::seccomp;

namespace {

SeccompFile with(size_t rules, uint32_t arguments) {
  SeccompFile file;
  for (size_t count = 0; count < rules; ++count) {
    Rule rule{{"read", "write"}, {}, {}, false, {}, {}};
    for (uint32_t index = 0; index < arguments; ++index) rule.args.push_back({index, SCMP_CMP_GE, count, 0});
    file.rules.push_back(rule);
  }
  return file;
}

}  // namespace

TEST_CASE("rules that compare several arguments of one call may take long, others not") {
  CHECK(may_take_long(with(2, 6)));
  CHECK(may_take_long(with(64, 2)));
  CHECK_FALSE(may_take_long(with(1000, 1)));
  CHECK_FALSE(may_take_long(with(1, 6)));
  CHECK_FALSE(may_take_long(with(0, 0)));
}

TEST_CASE("what is compiled apart is the same as what is compiled here") {
  const std::vector<sock_filter> program(3, {BPF_RET, 0, 0, SECCOMP_RET_ALLOW});
  const auto made = compile_apart([&] { return program; }, 10, "x.json");
  REQUIRE(made);
  REQUIRE(made->size() == 3);
  CHECK(made->back().k == SECCOMP_RET_ALLOW);
}

TEST_CASE("a compiler's own error is told as it is") {
  const auto made = compile_apart([] { return Error{"x.json", "is refused"}; }, 10, "x.json");
  REQUIRE_FALSE(made);
  CHECK(made.error().line() == "x.json: is refused");
}

TEST_CASE("a compiler that takes too long is ended, and the file is named") {
  const auto made = compile_apart(
      []() -> Result<std::vector<sock_filter>> {
        std::atomic<uint64_t> steps = 0;
        for (;;) ++steps;
      },
      1, "x.json");
  REQUIRE_FALSE(made);
  CHECK(made.error().line().starts_with("x.json: libseccomp needs more than 1 s of CPU time for its rules; "));
}

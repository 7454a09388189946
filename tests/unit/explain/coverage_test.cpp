// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <random>

#include "profilegen/explain.h"

using namespace profilegen;

namespace {

/// A trace with the given calls, each made by the given runs (by number).
Trace trace_of(size_t runs, const std::vector<std::vector<size_t>>& calls) {
  Trace trace;
  const auto id = [](size_t run) { return "run" + std::to_string(run); };
  for (size_t run = 0; run < runs; ++run) trace.runs[id(run)].duration = 1'000'000'000;
  for (uint32_t number = 0; number < calls.size(); ++number) {
    Evidence evidence;
    evidence.first.ns = 10'000'000 * (number + 1);
    for (const size_t run : calls[number]) evidence.runs.insert(id(run));
    trace.syscalls[{Phase::app, Arch::x86_64, number}] = evidence;
  }
  return trace;
}

}  // namespace

TEST_CASE("Chao's estimate from what one and two runs saw") {
  const Coverage coverage = coverage_of(trace_of(4, {{0, 1, 2, 3}, {0}, {1}, {2}, {3}, {0, 1}, {2, 3}}));
  CHECK(coverage.runs == 4);
  CHECK(coverage.items == 7);
  CHECK(coverage.once == 4);
  CHECK(coverage.twice == 2);
  CHECK(*coverage.unseen == Approx(0.75 * 16 / 4));
  CHECK(*coverage.next_run == Approx(1));
  CHECK(coverage.last_new == "syscall x86_64 lstat");
  CHECK(coverage.by_time == std::array<size_t, 10>{7, 7, 7, 7, 7, 7, 7, 7, 7, 7});
  CHECK(coverage.last_new_ns == 60'000'000);
}

TEST_CASE("Without anything seen twice the estimate is the corrected one; of one run there is none") {
  CHECK(*coverage_of(trace_of(2, {{0}, {1}, {0, 1}})).unseen == Approx(0.5 * (2.0 * 2 / 2)));
  CHECK(*coverage_of(trace_of(3, {{0}, {1}, {2}, {0, 1, 2}})).unseen == Approx(2.0 / 3 * (3 * 2 / 2)));
  CHECK(*coverage_of(trace_of(5, {{0, 1, 2, 3, 4}})).unseen == 0);
  CHECK_FALSE(coverage_of(trace_of(1, {{0}})).unseen);
  CHECK(coverage_of({}).items == 0);
}

TEST_CASE("The curve over runs is the mean over all orders") {
  const std::vector<std::vector<size_t>> calls = {{0, 1, 2}, {0}, {1, 2}, {2}, {0, 2}};
  const Coverage coverage = coverage_of(trace_of(3, calls));
  std::vector<size_t> order = {0, 1, 2};
  std::vector<double> mean(3);
  size_t orders = 0;
  do {
    ++orders;
    for (size_t n = 1; n <= 3; ++n)
      for (const auto& runs : calls)
        mean[n - 1] += std::any_of(order.begin(), order.begin() + static_cast<long>(n),
                                   [&](size_t run) { return std::ranges::find(runs, run) != runs.end(); });
  } while (std::ranges::next_permutation(order).found);
  for (size_t n = 0; n < 3; ++n) CHECK(coverage.by_runs[n] == Approx(mean[n] / static_cast<double>(orders)));
}

TEST_CASE("With thousands of runs the curve stays a number, and ends at what was seen") {
  std::mt19937 random(3);
  std::vector<std::vector<size_t>> calls(40);
  for (auto& runs : calls)
    for (size_t run = 0; run < 3000; ++run)
      if (random() % 100 < 2) runs.push_back(run);
  const Coverage coverage = coverage_of(trace_of(3000, calls));
  CHECK(coverage.by_runs.back() == Approx(static_cast<double>(coverage.items)));
  CHECK(std::ranges::is_sorted(coverage.by_runs));
}

TEST_CASE("The estimate comes near what is really unseen") {
  // 200 calls, each made by a run with its own probability. 20 runs see some of them.
  std::mt19937 random(7);
  double estimated = 0;
  double real = 0;
  for (int round = 0; round < 30; ++round) {
    std::vector<std::vector<size_t>> seen;
    for (int call = 0; call < 200; ++call) {
      const unsigned often = 2 + static_cast<unsigned>(call) % 30;
      std::vector<size_t> runs;
      for (size_t run = 0; run < 20; ++run)
        if (random() % 100 < often) runs.push_back(run);
      if (!runs.empty()) seen.push_back(runs);
    }
    estimated += *coverage_of(trace_of(20, seen)).unseen;
    real += static_cast<double>(200 - seen.size());
  }
  CHECK(estimated <= real * 1.1);  // a lower bound
  CHECK(estimated >= real * 0.5);
}

TEST_CASE("Time counts from the first call, since a recording begins before its container does") {
  Trace trace = trace_of(1, {{0}, {0}, {0}, {0}});
  trace.runs.begin()->second.duration = 110'000'000;  // calls came at 10, 20, 30 and 40 ms
  const Coverage coverage = coverage_of(trace);
  CHECK(coverage.duration == 100'000'000);
  CHECK(coverage.last_new_ns == 30'000'000);
  CHECK(coverage.by_time == std::array<size_t, 10>{2, 3, 4, 4, 4, 4, 4, 4, 4, 4});
  CHECK_THAT(coverage_lines(coverage),
             Catch::VectorContains(
                 std::string("the last new one came 30 % into the run (0.030 s of 0.100 s): syscall x86_64 close")));
  CHECK(coverage_lines(coverage).size() == coverage_lines(coverage, false).size() + 1);
}

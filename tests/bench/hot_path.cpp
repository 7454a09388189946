// SPDX-License-Identifier: Apache-2.0
#include "floor.h"
#include "sections.h"

namespace {

const Words kLoop{BENCH_PROGS "/loop", "getppid", "2000000"};
const Words kTwoLoops{BENCH_PROGS "/loop", "getppid", "2000000", "2"};
const Words kShortLoop{BENCH_PROGS "/loop", "getppid", "20000"};  // shorter, since strace takes 200 times as long

double under_floor(const Words& command) {
  const Floor floor;
  return printed_ns(command);
}

double beside_recording(const Bench& bench) {
  const std::string ready = bench.place.path("ready");
  std::filesystem::remove(ready);
  const Beside recorder(recorded(bench.place, {"sh", "-c", "touch " + ready + "; exec sleep 1000"}), ready);
  return printed_ns(kLoop);
}

std::vector<Variant> variants(const Bench& bench) {
  std::vector<Variant> all{
      {"untraced", [] { return printed_ns(kLoop); }},
      {"empty programs on both tracepoints", [] { return under_floor(kLoop); }},
      {"recorded", [&] { return printed_ns(recorded(bench.place, kLoop)); }},
      {"unrelated, while another is recorded", [&] { return beside_recording(bench); }},
      {"untraced, 2 threads", [] { return printed_ns(kTwoLoops); }},
      {"empty programs, 2 threads", [] { return under_floor(kTwoLoops); }},
      {"recorded, 2 threads", [&] { return printed_ns(recorded(bench.place, kTwoLoops)); }},
      {"strace -f -c", [] { return printed_ns(straced(kShortLoop)); }},
  };
  if (is_installed("bpftrace"))
    all.push_back({"bpftrace, counting by number",
                   [] { return printed_ns(counted_by_bpftrace(BENCH_PROGS "/loop getppid 2000000")); }});
  return all;
}

double added(const std::vector<Measured>& all, const std::string& name) {
  return median(find(all, name).values) - median(find(all, "untraced").values);
}

// Compares calls whose arguments are recorded with a call that has none, each relative to the empty programs.
void measure_arguments(Bench& bench) {
  for (const char* call : {"fcntl", "mmap", "open"}) {
    const Words loop{BENCH_PROGS "/loop", call, "400000"};
    const auto all = run_rounds({{"empty programs", [&] { return under_floor(loop); }},
                                 {"recorded", [&] { return printed_ns(recorded(bench.place, loop)); }}},
                                bench.rounds);
    bench.report.title(std::string("Nanoseconds a call of ") + call);
    bench.report.table(all, "empty programs", "ns");
  }
}

}  // namespace

void measure_hot_path(Bench& bench) {
  const auto all = run_rounds(variants(bench), bench.rounds);
  const std::string floor = "empty programs on both tracepoints";
  Report& report = bench.report;
  report.title("Nanoseconds a getppid(2)");
  report.table(all, floor, "ns");
  report.claim("recorded / empty programs", median_ratio(find(all, "recorded"), find(all, floor)), 1.10);
  report.claim("unrelated / empty programs",
               median_ratio(find(all, "unrelated, while another is recorded"), find(all, floor)), 1.05);
  report.claim("two busy CPUs: recorded / empty programs",
               median_ratio(find(all, "recorded, 2 threads"), find(all, "empty programs, 2 threads")), 1.10);
  report.claim("added by recording / added by strace -f -c", added(all, "recorded") / added(all, "strace -f -c"), 0.01);
  if (all.back().name == "bpftrace, counting by number")
    report.claim("added by recording / added by bpftrace", added(all, "recorded") / added(all, all.back().name), 0.5);
  measure_arguments(bench);
}

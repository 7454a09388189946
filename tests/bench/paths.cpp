// SPDX-License-Identifier: Apache-2.0
#include "sections.h"

namespace {

Words touch(const std::string& directory, const std::string& count) {
  return {BENCH_PROGS "/touch_many", directory, count};
}

double fresh(const Bench& bench, const std::string& count, bool record) {
  const std::string directory = bench.place.path("files");
  std::filesystem::remove_all(directory);
  std::filesystem::create_directory(directory);
  const Words command = touch(directory, count);
  return printed_ns(record ? recorded(bench.place, command) : command);
}

// The recorder's peak memory while it holds everything: the shell continues until the peak has been read.
double peak(const Bench& bench, const std::string& count) {
  const std::string directory = bench.place.path("files");
  const std::string ready = bench.place.path("ready");
  std::filesystem::remove_all(directory);
  std::filesystem::create_directory(directory);
  std::filesystem::remove(ready);
  const std::string script = "\"$0\" \"$1\" \"$2\" && touch \"$3\" && exec sleep 1000";
  const Words command = joined({"sh", "-c", script}, joined(touch(directory, count), {ready}));
  const Beside recorder(recorded(bench.place, command), ready);
  return recorder.peak_mib();
}

}  // namespace

void measure_paths(Bench& bench) {
  constexpr double kLimitMib = 32;  // at 100 000 paths
  bench.report.title("Nanoseconds a new file, by the number of them");
  for (const char* count : {"100", "10000", "1000000"}) {
    // The largest takes most of a minute per round.
    const int rounds = std::string(count) == "1000000" ? 3 : bench.rounds;
    const std::string plain = std::string(count) + " files";
    const auto all = run_rounds({{plain, [&] { return fresh(bench, count, false); }},
                                 {plain + ", recorded", [&] { return fresh(bench, count, true); }}},
                                rounds);
    bench.report.table(all, plain, "ns");
  }
  bench.report.title("Peak memory of the recorder, by the number of new files");
  for (const char* count : {"100", "10000"}) bench.report.fact(count, peak(bench, count), "MiB");
  bench.report.claim("100000 (MiB)", peak(bench, "100000"), kLimitMib);
  bench.report.fact("1000000", peak(bench, "1000000"), "MiB");
}

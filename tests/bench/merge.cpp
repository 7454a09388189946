// SPDX-License-Identifier: Apache-2.0
#include "sections.h"

namespace {

constexpr int kTraces = 10'000;  // of 300 KiB each

/// Seconds and peak MiB of a program. Only GNU time(1) reports both together.
struct Cost {
  double seconds;
  double peak;
};
Cost cost_of(const Words& command, const std::string& file) {
  run(joined({"/usr/bin/time", "-f", "%e %M", "-o", file}, command));
  const std::string text = run({"cat", file});
  return {std::stod(text), std::stod(text.substr(text.find(' '))) / 1024};
}

}  // namespace

void measure_merge(Bench& bench) {
  const std::string directory = bench.place.path("traces");
  run({"python3", PROJECT "/tests/bench/progs/make_traces.py", std::to_string(kTraces), directory});
  const std::string read_all = "import glob, json, sys\nfor f in glob.glob(sys.argv[1] + '/*'): json.load(open(f))";
  const Cost reading = cost_of({"python3", "-c", read_all, directory}, bench.place.path("reading"));
  const Cost merging = cost_of({PROFILEGEN, "merge", "--quiet", directory, "-o", bench.place.path("all.json")},
                               bench.place.path("merging"));
  run({"rm", "-rf", directory, bench.place.path("all.json")});
  bench.report.title("Merging 10 000 traces of 300 KiB");
  bench.report.fact("reading them with Python's json", reading.seconds, "s");
  bench.report.claim("merge / reading them with Python's json", merging.seconds / reading.seconds, 2);
  bench.report.claim("merge, seconds", merging.seconds, 60);
  bench.report.claim("merge, peak memory in MiB", merging.peak, 300);
}

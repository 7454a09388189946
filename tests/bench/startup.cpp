// SPDX-License-Identifier: Apache-2.0
#include "sections.h"

namespace {

// Uses GNU time(1), since only the parent learns the peak memory of a program that has ended.
double peak_of(const Words& command, const std::string& file) {
  run(joined({"/usr/bin/time", "-f", "%M", "-o", file}, command));
  return std::stod(run({"cat", file})) / 1024;
}

}  // namespace

void measure_startup(Bench& bench) {
  const Words nothing = recorded(bench.place, {"true"});
  const auto all = run_rounds(
      {{"true", [] { return seconds({"true"}); }}, {"record -- true", [&] { return seconds(nothing); }}}, bench.rounds);
  const auto memory =
      run_rounds({{"record -- true", [&] { return peak_of(nothing, bench.place.path("peak")); }}}, bench.rounds);
  bench.report.title("Start and end of a recording");
  bench.report.table(all, "", "s");
  bench.report.title("Peak memory of the recorder");
  bench.report.table(memory, "", "MiB");
}

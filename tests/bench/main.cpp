// SPDX-License-Identifier: Apache-2.0
// bench_overhead [--rounds N] [SECTION...]: measures what a recording costs, as ratios within one run. Needs root. Exit
// status 1 if a claim is not kept, 2 if something could not be measured.
#include <fmt/format.h>
#include <unistd.h>

#include <exception>
#include <string_view>

#include "sections.h"

namespace {

struct Section {
  std::string_view name;
  std::string_view help;
  void (*measure)(Bench&);
};
constexpr Section kSections[] = {
#define SECTION(name, help) {#name, help, measure_##name},
#include "sections.def"
#undef SECTION
};

int usage() {
  fmt::print(stderr, "usage: bench_overhead [--rounds N] [SECTION...]\n");
  for (const Section& section : kSections) fmt::print(stderr, "  {:<12}{}\n", section.name, section.help);
  return 2;
}

bool asked_for(const Words& names, std::string_view section) {
  if (names.empty()) return true;
  for (const std::string& name : names)
    if (name == section) return true;
  return false;
}

bool is_section(const std::string& name) {
  for (const Section& section : kSections)
    if (section.name == name) return true;
  return false;
}

int run_sections(const Words& names, int rounds) {
  Bench bench;
  bench.rounds = rounds;
  for (const Section& section : kSections)
    if (asked_for(names, section.name)) section.measure(bench);
  return bench.report.all_kept() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  Words names(argv + 1, argv + argc);
  int rounds = 7;
  if (names.size() >= 2 && names[0] == "--rounds") {
    rounds = std::atoi(names[1].c_str());
    names.erase(names.begin(), names.begin() + 2);
  }
  for (const std::string& name : names)
    if (!is_section(name)) return usage();
  if (rounds < 1) return usage();
  try {
    return run_sections(names, rounds);
  } catch (const std::exception& failure) {
    fmt::print(stderr, "bench_overhead: {}\n", failure.what());
    return 2;
  }
}

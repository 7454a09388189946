// SPDX-License-Identifier: Apache-2.0
// Would more runs, or a longer one, have shown more?
#include <fmt/format.h>

#include "context.h"
#include "profilegen/explain.h"
#include "support/html.h"
#include "support/svg.h"

namespace profilegen::report {

namespace {

std::string by_time(const Coverage& coverage) {
  if (coverage.duration == 0) return "";
  std::vector<double> points;
  std::vector<std::string> labels;
  for (size_t part = 0; part < coverage.by_time.size(); ++part) {
    points.push_back(static_cast<double>(coverage.by_time[part]));
    labels.push_back(
        fmt::format("{:.1f} s", static_cast<double>(coverage.duration) / 1e9 * static_cast<double>(part + 1) /
                                    static_cast<double>(coverage.by_time.size())));
  }
  return "<figure><figcaption>Items found, by time since the first call</figcaption>\n" +
         svg_curve("Items found by time", points, labels) + "</figure>\n";
}

std::string by_runs(const Coverage& coverage) {
  if (coverage.runs < 2) return "";
  std::vector<std::string> labels;
  for (size_t runs = 1; runs <= coverage.runs; ++runs)
    labels.push_back(fmt::format("{} {}", runs, runs == 1 ? "run" : "runs"));
  return "<figure><figcaption>Items expected, by number of runs</figcaption>\n" +
         svg_curve("Items expected by runs", coverage.by_runs, labels) + "</figure>\n";
}

}  // namespace

std::string section_discovery(const Context& context) {
  const Coverage coverage = coverage_of(context.input.trace);
  std::string lines;
  for (const std::string& line : coverage_lines(coverage, false)) lines += "<li>" + html_text(line) + "</li>\n";
  return by_time(coverage) + by_runs(coverage) + "<ul>\n" + lines + "</ul>\n";
}

}  // namespace profilegen::report

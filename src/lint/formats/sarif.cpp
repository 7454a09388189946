// SPDX-License-Identifier: Apache-2.0
#include "profilegen/sarif.h"

#include <fmt/format.h>

#include <array>

#include "../registry.h"

namespace profilegen::lint {
namespace {

std::string_view severity(LintLevel level) {
  constexpr std::array<std::string_view, 3> severities = {"2.0", "5.0", "8.0"};
  return severities.at(static_cast<size_t>(level));
}

SarifResult result(const LintFinding& finding, const std::string& file) {
  const LintLevel level = lint_level(finding.rule);
  return {.rule = fmt::format("filter-{}", lint_rule_name(finding.rule)),
          .rule_text = std::string(lint_rule_meaning(finding.rule)),
          .level = lint_level_name(level),
          .severity = severity(level),
          .message = finding_text(finding),
          .file = file,
          .fingerprint_name = "profilegenLint/v1",
          .fingerprint = fmt::format("{} {} {}", lint_rule_name(finding.rule), finding.field, finding.text),
          .accepted = {}};
}

}  // namespace

std::string format_sarif(const std::vector<LintReport>& reports) {
  std::vector<SarifResult> results;
  for (const LintReport& report : reports)
    for (const LintFinding& finding : report.findings) results.push_back(result(finding, report.file));
  return sarif_text(results);
}

}  // namespace profilegen::lint

// SPDX-License-Identifier: Apache-2.0
// One line a finding, in the form in which compilers write theirs.
#include <fmt/format.h>

#include "../registry.h"
#include "profilegen/terminal_text.h"

namespace profilegen::lint {

std::string format_text(const std::vector<LintReport>& reports) {
  std::string text;
  for (const LintReport& report : reports) {
    for (const LintFinding& finding : report.findings)
      text += fmt::format("{}: {}: {} [{}]\n", terminal_text(report.file), lint_level_name(lint_level(finding.rule)),
                          terminal_text(finding_text(finding)), lint_rule_name(finding.rule));
    if (report.findings.empty()) text += fmt::format("{}: nothing found\n", terminal_text(report.file));
  }
  return text;
}

}  // namespace profilegen::lint

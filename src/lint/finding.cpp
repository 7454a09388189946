// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "profilegen/lint.h"

namespace profilegen {
namespace {

struct RuleData {
  std::string_view name;
  LintLevel level;
  std::string_view meaning;
};
constexpr RuleData kRules[] = {
#define LINT_RULE(id, name, level, meaning) {name, LintLevel::level, meaning},
#include "profilegen/lint_rules.def"
#undef LINT_RULE
};
constexpr std::array<std::string_view, 3> kLevels = {"note", "warning", "error"};

}  // namespace

std::string_view lint_rule_name(LintRule rule) { return kRules[static_cast<size_t>(rule)].name; }
std::string_view lint_rule_meaning(LintRule rule) { return kRules[static_cast<size_t>(rule)].meaning; }
LintLevel lint_level(LintRule rule) { return kRules[static_cast<size_t>(rule)].level; }
std::string_view lint_level_name(LintLevel level) { return kLevels.at(static_cast<size_t>(level)); }

std::string finding_text(const LintFinding& finding) {
  std::string text = finding.field.empty() ? "" : finding.field + ": ";
  if (!finding.runtimes.empty()) text += fmt::format("{}: ", fmt::join(finding.runtimes, ", "));
  text += finding.text;
  if (!finding.calls.empty()) text += fmt::format(": {}", fmt::join(finding.calls, ", "));
  return finding.hint.empty() ? text : text + "; " + finding.hint;
}

std::vector<LintFinding> causes_of_no_start(const std::vector<LintFinding>& findings) {
  std::vector<LintFinding> causes;
  for (const LintFinding& finding : findings)
    if (finding.rule <= LintRule::may_not_start && finding.rule == findings.front().rule) causes.push_back(finding);
  return causes;
}

size_t count_faults(const std::vector<LintReport>& reports) {
  size_t faults = 0;
  for (const LintReport& report : reports)
    faults += static_cast<size_t>(std::ranges::count_if(
        report.findings, [](const LintFinding& one) { return lint_level(one.rule) != LintLevel::note; }));
  return faults;
}

}  // namespace profilegen

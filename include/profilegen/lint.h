// SPDX-License-Identifier: Apache-2.0
// What the measured container runtimes would do with a seccomp filter, found out without running anything.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "profilegen/profile.h"
#include "profilegen/result.h"

namespace profilegen {

enum class LintRule : uint8_t {
#define LINT_RULE(id, ...) id,
#include "profilegen/lint_rules.def"
#undef LINT_RULE
};
enum class LintLevel : uint8_t { note, warning, error };

std::string_view lint_rule_name(LintRule rule);     ///< "needs-no-new-privileges"
std::string_view lint_rule_meaning(LintRule rule);  ///< "containers start only with no-new-privileges"
LintLevel lint_level(LintRule rule);
std::string_view lint_level_name(LintLevel level);  ///< "note", "warning", "error"

struct LintFinding {
  LintRule rule = LintRule::remark;
  std::string field;               ///< "syscalls[2].args[0].op"; empty: the whole filter
  std::set<std::string> runtimes;  ///< "runc 1.1.5": the measured ones that it concerns; empty: all of them
  std::string text;                ///< without the calls and the hint
  std::set<std::string> calls;
  std::string hint;  ///< what to do; may be empty
};
/// One line for a person: the field, the text, the calls and the hint.
std::string finding_text(const LintFinding& finding);

struct LintRequest {
  std::string object;                     ///< how errors name the filter's file
  std::string text;                       ///< the filter as JSON, in OCI's plain form or in Moby's
  std::set<Runtime> runtimes;             ///< only these and newer versions; empty: all measured ones
  std::optional<bool> no_new_privileges;  ///< whether its containers have the option; nullopt: not known
  std::set<std::string> capabilities;     ///< of its containers, for Moby's conditions; names without prefix
};
/// Sorted by rule. Fails only for a text that is no filter at all.
Result<std::vector<LintFinding>> lint_filter(const LintRequest& request);

/// Of these findings, those of the rule that says first why no container starts. Empty when none says that.
std::vector<LintFinding> causes_of_no_start(const std::vector<LintFinding>& findings);

struct LintReport {
  std::string file;
  std::vector<LintFinding> findings;
};
/// How many of the findings are more than a note.
size_t count_faults(const std::vector<LintReport>& reports);

struct LintFormat {
  std::string_view name;
  std::string_view help;
  std::string (*format)(const std::vector<LintReport>& reports);
};
std::span<const LintFormat> lint_formats();

}  // namespace profilegen

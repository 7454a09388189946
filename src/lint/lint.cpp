// SPDX-License-Identifier: Apache-2.0
#include "profilegen/lint.h"

#include <algorithm>

#include "checks.h"
#include "measured.h"
#include "profilegen/json_reader.h"

namespace profilegen {
namespace {

bool is_refused(const lint::Findings& findings) {
  return std::ranges::any_of(findings, [](const LintFinding& one) { return one.rule == LintRule::refused; });
}

/// What can be said only of a filter that libseccomp compiles.
void check_effect(const LintRequest& request, lint::Findings& findings) {
  const auto readable = seccomp_remarks(request.text, request.object);
  if (!readable) {
    if (!is_refused(findings))
      findings.push_back({LintRule::remark, "", {}, "not looked at any further: " + readable.error().line(), {}, ""});
    return;
  }
  const auto effect = SeccompEffect::of_file(request.text, request.object, request.capabilities);
  if (!effect) return findings.push_back({LintRule::refused, "", {}, "is refused: " + effect.error().line(), {}, ""});
  lint::check_start(request, *effect, findings);
  lint::check_names(request.text, *effect, findings);
  lint::check_readings(request, *effect, findings);
}

/// Leaves out what concerns other runtimes only.
void keep_those_of(const std::set<Runtime>& runtimes, lint::Findings& findings) {
  if (runtimes.empty()) return;
  std::set<std::string> labels;
  for (const MeasuredVersion& one : lint::measured_for(runtimes)) labels.insert(lint::label(one));
  std::erase_if(findings, [&](LintFinding& finding) {
    const bool all = finding.runtimes.empty();
    std::erase_if(finding.runtimes, [&](const std::string& one) { return !labels.contains(one); });
    return !all && finding.runtimes.empty();
  });
}

}  // namespace

Result<std::vector<LintFinding>> lint_filter(const LintRequest& request) {
  const auto document = JsonDocument::parse(request.text, request.object);
  if (!document) return document.error();
  if (document->root().kind() != JsonKind::object || !document->root().has("defaultAction"))
    return Error{request.object, "is no seccomp filter"};
  lint::Findings findings;
  lint::check_form(request.text, findings);
  check_effect(request, findings);
  keep_those_of(request.runtimes, findings);
  std::ranges::stable_sort(findings, {}, &LintFinding::rule);
  return findings;
}

}  // namespace profilegen

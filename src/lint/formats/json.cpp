// SPDX-License-Identifier: Apache-2.0
// The output is described by profiles/lint.schema.json.
#include <nlohmann/json.hpp>

#include "../registry.h"
#include "profilegen/json_text.h"
#include "profilegen/path_text.h"

namespace profilegen::lint {
namespace {

using nlohmann::ordered_json;

constexpr int kVersion = 1;

ordered_json finding_to_json(const LintFinding& finding) {
  ordered_json row;
  row["rule"] = lint_rule_name(finding.rule);
  row["level"] = lint_level_name(lint_level(finding.rule));
  row["field"] = path_to_text(finding.field);
  row["runtimes"] = finding.runtimes;
  row["text"] = path_to_text(finding.text);
  row["calls"] = ordered_json::array();
  for (const std::string& call : finding.calls) row["calls"].push_back(path_to_text(call));
  row["hint"] = finding.hint;
  return row;
}

}  // namespace

std::string format_json(const std::vector<LintReport>& reports) {
  ordered_json root;
  root["profilegen_lint"] = kVersion;
  root["faults"] = count_faults(reports);
  root["files"] = ordered_json::array();
  for (const LintReport& report : reports) {
    ordered_json file;
    file["file"] = path_to_text(report.file);
    file["findings"] = ordered_json::array();
    for (const LintFinding& finding : report.findings) file["findings"].push_back(finding_to_json(finding));
    root["files"].push_back(std::move(file));
  }
  return plain_json(root.dump(2)) + "\n";
}

}  // namespace profilegen::lint

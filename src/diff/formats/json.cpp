// SPDX-License-Identifier: Apache-2.0
// The output is described by profiles/diff.schema.json.
#include <nlohmann/json.hpp>

#include "profilegen/json_text.h"
#include "profilegen/path_text.h"
#include "support/registry.h"

namespace profilegen::diff {

namespace {

using nlohmann::ordered_json;

constexpr int kVersion = 1;

ordered_json change_to_json(const Change& change) {
  ordered_json row;
  row["kind"] = change_kind_name(change.kind);
  row["item"] = path_to_text(change.item);
  row["direction"] = direction_name(change.direction);
  row["detail"] = path_to_text(change.detail);
  if (change.direction == Direction::added) {
    row["risk"] = risk_name(change.risk);
    row["opens"] = change.opens;
  }
  return row;
}

ordered_json ignored_to_json(const Ignored& ignored) {
  ordered_json row = change_to_json(ignored.change);
  row["reason"] = path_to_text(ignored.exemption.reason);
  if (!ignored.exemption.until.empty()) row["until"] = ignored.exemption.until;
  return row;
}

ordered_json score_to_json(const Score& score) {
  ordered_json row;
  row["arch"] = arch_name(score.arch);
  row["calls"] = score.calls;
  row["default_calls"] = score.default_calls;
  row["calls_beyond_default"] = score.calls_beyond;
  if (!score.has_profile) return row;
  row["capabilities"] = score.capabilities;
  row["default_capabilities"] = score.default_capabilities;
  row["capabilities_beyond_default"] = score.capabilities_beyond;
  return row;
}

}  // namespace

std::string format_json(const DiffReport& report, bool /*colour*/) {
  ordered_json root;
  root["profilegen_diff"] = kVersion;
  root["old"] = {{"file", path_to_text(report.before)}, {"score", score_to_json(report.old_score)}};
  root["new"] = {{"file", path_to_text(report.after)}, {"score", score_to_json(report.new_score)}};
  root["failing"] = report.failing();
  root["changes"] = ordered_json::array();
  for (const Change& change : report.changes) {
    root["changes"].push_back(change_to_json(change));
    root["changes"].back()["failing"] = report.fail_on.fails(change);
  }
  root["ignored"] = ordered_json::array();
  for (const Ignored& ignored : report.ignored) root["ignored"].push_back(ignored_to_json(ignored));
  root["notes"] = ordered_json::array();
  for (const std::string& note : report.notes) root["notes"].push_back(path_to_text(note));
  return plain_json(root.dump(2)) + "\n";
}

}  // namespace profilegen::diff

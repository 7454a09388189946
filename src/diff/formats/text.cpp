// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <map>

#include "profilegen/terminal_text.h"
#include "support/plain_text.h"
#include "support/registry.h"

namespace profilegen::diff {

namespace {

/// Additions are red, since they are what a reviewer of a policy must look at.
struct Look {
  char sign;
  std::string_view colour;
};
Look look(Direction direction) {
  switch (direction) {
    case Direction::added:
      return {'+', "\x1b[31m"};
    case Direction::removed:
      return {'-', "\x1b[32m"};
    case Direction::changed:
      break;
  }
  return {'~', "\x1b[33m"};
}

std::string change_lines(const Change& change, bool colour) {
  const auto [sign, begin] = look(change.direction);
  const bool added = change.direction == Direction::added;
  std::string line = fmt::format("{} {:<8}  {:<12}  {}", sign, added ? risk_name(change.risk) : "",
                                 change_kind_name(change.kind), terminal_text(change.item));
  if (!change.detail.empty()) line += "  (" + terminal_text(change.detail) + ")";
  if (colour) line = fmt::format("{}{}\x1b[0m", begin, line);
  if (added && change.risk >= Risk::medium) line += "\n              " + change.opens;
  return line + "\n";
}

/// A new default errno changes the answers of dozens of calls, so those with the same change share one line.
std::vector<Change> with_answers_joined(const std::vector<Change>& changes) {
  std::vector<Change> joined;
  std::map<std::string, size_t> places;
  for (const Change& change : changes) {
    const auto known = change.kind == ChangeKind::answer ? places.find(change.detail) : places.end();
    if (known != places.end()) {
      joined[known->second].item += ", " + change.item;
      continue;
    }
    if (change.kind == ChangeKind::answer) places[change.detail] = joined.size();
    joined.push_back(change);
  }
  return joined;
}

}  // namespace

std::string format_text(const DiffReport& report, bool colour) {
  std::string text;
  for (const Change& change : with_answers_joined(report.changes)) text += change_lines(change, colour);
  for (const auto& [change, exemption] : report.ignored)
    text += fmt::format("  ignored   {} {}: {}\n", direction_name(change.direction), change_text(change),
                        terminal_text(exemption.reason));
  if (report.changes.empty() && report.ignored.empty()) return fmt::format("{}\n", kNoDifference);
  return text + fmt::format("{}\nallowed: {}\n", summary_text(report), scores_text(report));
}

}  // namespace profilegen::diff

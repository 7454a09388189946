// SPDX-License-Identifier: Apache-2.0
#include "plain_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "profilegen/terminal_text.h"

namespace profilegen::diff {

std::string change_text(const Change& change) {
  std::string text = fmt::format("{} {}", change_kind_name(change.kind), terminal_text(change.item));
  if (!change.detail.empty()) text += " (" + terminal_text(change.detail) + ")";
  return text;
}

std::string summary_text(const DiffReport& report) {
  const auto count = [&](auto&& matches) { return std::ranges::count_if(report.changes, matches); };
  std::string risks;
  for (const Risk risk : {Risk::critical, Risk::high, Risk::medium, Risk::low}) {
    const auto of_it =
        count([risk](const Change& change) { return change.direction == Direction::added && change.risk == risk; });
    if (of_it != 0) risks += fmt::format("{}{} {}", risks.empty() ? "" : ", ", of_it, risk_name(risk));
  }
  std::string text;
  for (const Direction direction : {Direction::added, Direction::removed, Direction::changed}) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ",
                        count([direction](const Change& change) { return change.direction == direction; }),
                        direction_name(direction));
    if (direction == Direction::added && !risks.empty()) text += " (" + risks + ")";
  }
  if (!report.ignored.empty()) text += fmt::format(", {} ignored", report.ignored.size());
  return text;
}

std::string scores_text(const DiffReport& report) {
  const std::string is = score_text(report.new_score);
  const std::string was = score_text(report.old_score);
  return is == was ? is : is + "; before: " + was;
}

}  // namespace profilegen::diff

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "profilegen/diff.h"
#include "profilegen/terminal_text.h"

namespace profilegen {

namespace {

struct Look {
  char sign;
  std::string_view colour;
  std::string_view count;
};

/// In a policy the additions are what a reviewer must look at: they are red.
Look look(Direction direction) {
  switch (direction) {
    case Direction::added:
      return {'+', "\x1b[31m", "added"};
    case Direction::removed:
      return {'-', "\x1b[32m", "removed"};
    case Direction::changed:
      break;
  }
  return {'~', "\x1b[33m", "changed"};
}

std::string change_line(const Change& change, bool colour) {
  const Look seen = look(change.direction);
  std::string line = fmt::format("{} {:<10}  {}", seen.sign, change.kind, terminal_text(change.item));
  if (!change.detail.empty()) line += "  (" + terminal_text(change.detail) + ")";
  return colour ? fmt::format("{}{}\x1b[0m\n", seen.colour, line) : line + "\n";
}

std::string summary(const std::vector<Change>& changes) {
  std::string line;
  for (const auto direction : {Direction::added, Direction::removed, Direction::changed}) {
    const auto count = std::count_if(changes.begin(), changes.end(),
                                     [direction](const Change& change) { return change.direction == direction; });
    line += fmt::format("{}{} {}", line.empty() ? "" : ", ", count, look(direction).count);
  }
  return line + "\n";
}

}  // namespace

std::string format_diff_text(const std::vector<Change>& changes, bool colour) {
  if (changes.empty()) return "no difference in what is allowed\n";
  std::string text;
  for (const auto& change : changes) text += change_line(change, colour);
  return text + summary(changes);
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// Workflow commands (docs.github.com: workflow commands for GitHub Actions). GitHub shows ten errors, warnings and
// notices of each step. So the worst come first, and the last one tells how many more there are.
#include <fmt/format.h>

#include <array>

#include "profilegen/terminal_text.h"
#include "support/plain_text.h"
#include "support/registry.h"

namespace profilegen::diff {

namespace {

constexpr size_t kMostOfALevel = 9;

std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char byte : text) {
    const bool special = byte == '%' || byte == '\r' || byte == '\n' || (property && (byte == ':' || byte == ','));
    if (special)
      out += fmt::format("%{:02X}", static_cast<unsigned char>(byte));
    else
      out += byte;
  }
  return out;
}

size_t level_of(Risk risk) { return risk >= Risk::high ? 0 : risk == Risk::medium ? 1 : 2; }

}  // namespace

std::string format_github(const DiffReport& report, bool /*colour*/) {
  constexpr std::array<std::string_view, 3> levels = {"error", "warning", "notice"};
  std::array<size_t, levels.size()> counts{};
  const std::string file = escaped(terminal_text(report.before), true);
  std::string text;
  for (const Change& change : report.changes) {
    if (change.direction != Direction::added) continue;
    const size_t level = level_of(change.risk);
    if (++counts[level] > kMostOfALevel) continue;
    text += fmt::format("::{} file={},title={}::{}\n", levels[level], file,
                        escaped(fmt::format("newly allowed, {} risk", risk_name(change.risk)), true),
                        escaped(fmt::format("{}: {}", change_text(change), change.opens), false));
  }
  for (size_t level = 0; level < levels.size(); ++level)
    if (counts[level] > kMostOfALevel)
      text += fmt::format("::{} file={},title=profilegen::and {} more of this kind\n", levels[level], file,
                          counts[level] - kMostOfALevel);
  return text + escaped(summary_text(report), false) + "\n";
}

}  // namespace profilegen::diff

// SPDX-License-Identifier: Apache-2.0
// A comment on a pull request. GitHub accepts 65 536 characters, GitLab a million.
#include <fmt/format.h>

#include <algorithm>

#include "profilegen/terminal_text.h"
#include "support/plain_text.h"
#include "support/registry.h"

namespace profilegen::diff {

namespace {

constexpr size_t kMostBytes = 60'000;  // leaves room for the end of the text; a character has at least one byte
constexpr size_t kMostLine = 400;

/// Quotes any text so that nothing in it is markup: the fence is longer than every run of backticks inside.
std::string code(const std::string& bytes) {
  std::string text = terminal_text(bytes);
  if (text.size() > kMostLine) text = std::string(cut_text(text, kMostLine)) + "...";
  size_t longest = 0;
  size_t run = 0;
  for (const char byte : text) longest = std::max(longest, run = byte == '`' ? run + 1 : 0);
  const std::string fence(longest + 1, '`');
  const char* const pad = longest != 0 ? " " : "";
  return fence + pad + text + pad + fence;
}

std::string change_line(const Change& change) {
  std::string line = fmt::format("- {} {}", change_kind_name(change.kind), code(change.item));
  if (!change.detail.empty()) line += ": " + code(change.detail);
  if (change.direction == Direction::added) line += " — " + change.opens;
  return line + "\n";
}

struct Section {
  std::string title;
  bool open;
  std::vector<std::string> lines;
};

Section section(const DiffReport& report, std::string title, bool open, auto&& matches) {
  Section made{std::move(title), open, {}};
  for (const Change& change : report.changes)
    if (matches(change)) made.lines.push_back(change_line(change));
  return made;
}

std::vector<Section> sections(const DiffReport& report) {
  std::vector<Section> all;
  for (const Risk risk : {Risk::critical, Risk::high, Risk::medium, Risk::low})
    all.push_back(
        section(report, fmt::format("New, {} risk", risk_name(risk)), risk >= Risk::high,
                [risk](const Change& change) { return change.direction == Direction::added && change.risk == risk; }));
  all.push_back(section(report, "No longer allowed", false,
                        [](const Change& change) { return change.direction == Direction::removed; }));
  all.push_back(section(report, "Changed, neither wider nor narrower", false,
                        [](const Change& change) { return change.direction == Direction::changed; }));
  Section ignored{"Ignored", false, {}};
  for (const auto& [change, exemption] : report.ignored)
    ignored.lines.push_back(fmt::format("- {} {}: {}{}\n", change_kind_name(change.kind), code(change.item),
                                        code(exemption.reason),
                                        exemption.until.empty() ? "" : " until " + exemption.until));
  all.push_back(std::move(ignored));
  Section notes{"Notes", false, {}};
  for (const std::string& note : report.notes) notes.lines.push_back("- " + code(note) + "\n");
  all.push_back(std::move(notes));
  return all;
}

/// As many lines as there is room for, and the number of those left out.
void append(std::string& text, const Section& section) {
  if (section.lines.empty()) return;
  text += fmt::format("\n<details{}><summary>{} ({})</summary>\n\n", section.open ? " open" : "", section.title,
                      section.lines.size());
  size_t shown = 0;
  for (; shown < section.lines.size(); ++shown) {
    if (text.size() + section.lines[shown].size() > kMostBytes) break;
    text += section.lines[shown];
  }
  if (shown < section.lines.size())
    text += fmt::format("- and {} more, which `profilegen diff` shows as text\n", section.lines.size() - shown);
  text += "\n</details>\n";
}

}  // namespace

std::string format_markdown(const DiffReport& report, bool /*colour*/) {
  std::string text = "### profilegen: ";
  const size_t failing = report.failing();
  if (report.changes.empty())
    text += fmt::format("{}\n\n", kNoDifference);
  else
    text += failing == 0 ? "nothing that fails\n\n" : fmt::format("{} of these changes fail\n\n", failing);
  text += fmt::format("{}.\n\n{} allows {}.\n", summary_text(report), code(report.after), scores_text(report));
  for (const Section& one : sections(report)) append(text, one);
  return text;
}

}  // namespace profilegen::diff

// SPDX-License-Identifier: Apache-2.0
#include "support/incomplete.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "profilegen/terminal_text.h"

namespace profilegen {
std::string one_line(std::string text) {
  std::ranges::replace_if(
      text, [](char letter) { return letter == '\n' || letter == '\r'; }, ' ');
  return terminal_text(text);
}

std::string incomplete_header(const Profile& profile) {
  std::string text;
  for (const std::string& reason : profile.incomplete) text += fmt::format("# incomplete: {}\n", one_line(reason));
  return text;
}

std::string incomplete_comment(const Profile& profile) {
  if (profile.incomplete.empty()) return "";
  return fmt::format("incomplete: {}", fmt::join(profile.incomplete, "; "));
}

std::string incomplete_flag(const Profile& profile) {
  return profile.incomplete.empty() ? "" : "--label=profilegen.incomplete=true\n";
}

}  // namespace profilegen

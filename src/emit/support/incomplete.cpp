// SPDX-License-Identifier: Apache-2.0
#include "support/incomplete.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace profilegen {

std::string incomplete_header(const Profile& profile) {
  std::string text;
  for (const std::string& reason : profile.incomplete) text += fmt::format("# incomplete: {}\n", reason);
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

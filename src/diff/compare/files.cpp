// SPDX-License-Identifier: Apache-2.0
// AppArmor's rules: permission by permission, and a pattern that lies within another is no more than that.
#include <algorithm>
#include <string_view>

#include "glob_cover.h"
#include "parts.h"

namespace profilegen::diff {
namespace {

using Files = std::map<std::string, FileRule>;

/// Those that could cover others: a pattern without a glob covers only itself.
Files with_globs(const Files& files) {
  Files wide;
  for (const auto& [pattern, rule] : files)
    if (pattern.find_first_of("*?[{") != std::string::npos) wide.insert({pattern, rule});
  return wide;
}

/// "ix" is two characters of one permission: no other has an i or an x, so that letter by letter gives "ix" or nothing.
std::string letters_beyond(const std::string& pattern, const FileRule& rule, const Files& files, const Files& globs) {
  std::string beyond;
  const auto same = files.find(pattern);
  for (const char letter : rule.permissions) {
    const auto gives = [letter](const FileRule& other) { return other.permissions.find(letter) != std::string::npos; };
    if (same != files.end() && gives(same->second)) continue;
    const bool covered =
        std::ranges::any_of(globs, [&](const auto& wide) { return gives(wide.second) && covers(wide.first, pattern); });
    if (!covered) beyond += letter;
  }
  return beyond;
}

void append_beyond(const Files& wider, const Files& narrower, Direction direction, std::vector<Change>& changes) {
  const Files globs = with_globs(narrower);
  for (const auto& [pattern, rule] : wider) {
    const std::string beyond = letters_beyond(pattern, rule, narrower, globs);
    if (!beyond.empty()) changes.push_back({"file", pattern, direction, beyond});
  }
}

}  // namespace

void compare_files(const Profile& before, const Profile& after, std::vector<Change>& changes) {
  append_beyond(after.files, before.files, Direction::added, changes);
  append_beyond(before.files, after.files, Direction::removed, changes);
}

}  // namespace profilegen::diff

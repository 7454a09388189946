// SPDX-License-Identifier: Apache-2.0
// Compares AppArmor's file rules, permission by permission. A pattern that is covered by another one allows nothing
// more.
#include <functional>
#include <map>
#include <string_view>

#include "glob_cover.h"
#include "parts.h"

namespace profilegen::diff {
namespace {

using Files = std::map<std::string, FileRule>;

/// Patterns that could cover others, indexed by their literal part: each side may have tens of thousands.
class Globs {
 public:
  explicit Globs(const Files& files) {
    for (const auto& [pattern, rule] : files)
      if (literal_part(pattern).size() < pattern.size())
        by_literal_[std::string(literal_part(pattern))].push_back({pattern, rule});
  }

  /// Whether a pattern that covers this one has the permission.
  [[nodiscard]] bool give(const std::string& pattern, char letter) const {
    const std::string_view literal = literal_part(pattern);
    for (size_t length = 0; length <= literal.size(); ++length) {
      const auto found = by_literal_.find(literal.substr(0, length));
      if (found == by_literal_.end()) continue;
      for (const auto& [wide, rule] : found->second)
        if (rule.permissions.find(letter) != std::string::npos && covers(wide, pattern)) return true;
    }
    return false;
  }

 private:
  std::map<std::string, std::vector<std::pair<std::string, FileRule>>, std::less<>> by_literal_;
};

/// "ix" is one permission of two letters. No other permission contains i or x, so comparing letters finds both or
/// neither.
std::string letters_beyond(const std::string& pattern, const FileRule& rule, const Files& files, const Globs& globs) {
  std::string beyond;
  const auto same = files.find(pattern);
  for (const char letter : rule.permissions) {
    const bool has_same = same != files.end() && same->second.permissions.find(letter) != std::string::npos;
    if (!has_same && !globs.give(pattern, letter)) beyond += letter;
  }
  return beyond;
}

void append_beyond(const Files& wider, const Files& narrower, Direction direction, std::vector<Change>& changes) {
  const Globs globs(narrower);
  for (const auto& [pattern, rule] : wider) {
    const std::string beyond = letters_beyond(pattern, rule, narrower, globs);
    if (!beyond.empty())
      changes.push_back(
          {.kind = ChangeKind::file, .item = pattern, .direction = direction, .detail = beyond, .permissions = beyond});
  }
}

}  // namespace

void compare_files(const Profile& before, const Profile& after, std::vector<Change>& changes) {
  append_beyond(after.files, before.files, Direction::added, changes);
  append_beyond(before.files, after.files, Direction::removed, changes);
}

}  // namespace profilegen::diff

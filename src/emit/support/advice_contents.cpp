// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "advice.h"
#include "profilegen/shell_word.h"

namespace profilegen {
namespace {

struct Kind {
  std::string_view name;
  bool (*matches)(std::string_view pattern);
  std::string_view in_tmpfs;   ///< "{}" stands for the flag that keeps the directory
  std::string_view in_volume;  ///< the same, where the hole is a volume of the container's own
};

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> ends) {
  return std::ranges::any_of(ends, [&](std::string_view end) { return text.ends_with(end); });
}

// The first kind that matches a file is used. Directories are those of the File Hierarchy Standard 3.0, chapter 5.
constexpr std::array<Kind, 6> kKinds{{
    {"log files", [](std::string_view path) { return path.starts_with("/var/log/") || path.ends_with(".log"); },
     "in a tmpfs they fill the memory: let the program write to standard output, or keep them: {}",
     "let the program write to standard output, or keep them when the container is removed: {}"},
    {"pid files", [](std::string_view path) { return path.ends_with(".pid"); }, "a tmpfs is the right place",
     "nothing to do"},
    {"unix sockets",
     [](std::string_view path) {
       return ends_with_any(path, {".sock", ".socket"});
     },
     "another container reaches them only through a volume: {}",
     "another container reaches them only through a volume with a name: {}"},
    {"caches",
     [](std::string_view path) {
       return path.starts_with("/var/cache/") || contains(path, "/.cache/") || contains(path, "/__pycache__/");
     },
     "may be lost: nothing to do", "may be lost: nothing to do"},
    {"databases",
     [](std::string_view path) {
       return path.starts_with("/var/lib/") || path.starts_with("/srv/") || path.starts_with("/data/") ||
              ends_with_any(path, {".db", ".sqlite", ".sqlite3", ".rdb", ".aof"});
     },
     "lost at every stop or restart; to keep them: {}", "lost when the container is removed; to keep them: {}"},
    {"home directory", [](std::string_view path) { return path.starts_with("/root/") || path.starts_with("/home/"); },
     "HOME can point to any writable place", "HOME can point to any writable place"},
}};

const Kind* kind_of(std::string_view pattern) {
  const auto found = std::ranges::find_if(kKinds, [&](const Kind& kind) { return kind.matches(pattern); });
  return found == kKinds.end() ? nullptr : &*found;
}

bool is_written(const std::pair<const std::string, FileRule>& file) {
  return !file.first.ends_with('/') && file.second.permissions.find('w') != std::string::npos;
}

/// The first written file below the directory of each kind. Files are sorted, so those below it follow each other.
std::map<const Kind*, std::string> examples_below(const Profile& profile, const std::string& directory) {
  std::map<const Kind*, std::string> examples;
  const std::string below = directory + "/";
  for (auto file = profile.files.lower_bound(below); file != profile.files.end(); ++file) {
    if (!file->first.starts_with(below)) break;
    const Kind* kind = is_written(*file) ? kind_of(file->first) : nullptr;
    if (kind != nullptr) examples.emplace(kind, file->first);
  }
  return examples;
}

}  // namespace

std::vector<Advice> advise_contents(const Profile& profile) {
  std::vector<Advice> advice;
  for (const auto& [path, hole] : profile.holes) {
    std::vector<std::string> lines;
    for (const auto& [kind, example] : examples_below(profile, path)) {
      const std::string keep = shell_word("--volume=NAME:" + path);
      const std::string_view words = hole.kind == HoleKind::tmpfs ? kind->in_tmpfs : kind->in_volume;
      lines.push_back(fmt::format("{}, such as {}: {}", kind->name, example, fmt::format(fmt::runtime(words), keep)));
    }
    if (!lines.empty()) advice.push_back({shell_word(path), lines});
  }
  return advice;
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "files/own_names.h"

#include <algorithm>
#include <array>
#include <set>

#include "files/glob_text.h"
#include "profilegen/paths.h"

namespace profilegen {
namespace {

constexpr size_t kEnoughOfOneShape = 4;
constexpr std::array<std::string_view, 3> kTemporary = {"/tmp", "/var/tmp", "/dev/shm"};

std::set<std::string> paths_with(const Trace& trace, FileOpTraits::Name wanted) {
  std::set<std::string> paths;
  for (const auto& [key, fact] : trace.files) {
    if (key.path.starts_with('/') && file_op_traits(key.op).name == wanted) paths.insert(key.path);
  }
  return paths;
}

bool is_temporary(const std::string& path) {
  return std::ranges::any_of(kTemporary, [&](std::string_view directory) { return is_below(path, directory); });
}

// Python tests whether it can write to a directory by creating a file named by 8 letters out of 37 (_RandomNameSequence
// in tempfile.py), and removes it at once. One in 17 such names has only letters.
bool is_trial(std::string_view name) {
  constexpr size_t length = 8;
  return name.size() == length && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
}

std::string varied_name(const std::string& path, bool is_taken_away) {
  const std::string_view name = std::string_view(path).substr(path.rfind('/') + 1);
  if (is_taken_away && is_temporary(path) && is_trial(name)) return std::string(kAnyMark);
  return vary_name(name);
}

}  // namespace

std::map<std::string, std::string> own_names(const Trace& trace) {
  const std::set<std::string> taken_away = paths_with(trace, FileOpTraits::Name::removes);
  std::map<std::string, std::string> candidates;
  std::map<std::string, size_t> shapes;
  for (const std::string& path : paths_with(trace, FileOpTraits::Name::makes)) {
    std::string varied = varied_name(path, taken_away.contains(path));
    if (varied.find(kMark) == std::string::npos) continue;
    ++shapes[parent_directory(path) + "/" + varied];
    candidates.emplace(path, std::move(varied));
  }
  std::erase_if(candidates, [&](const auto& candidate) {
    const auto& [path, varied] = candidate;
    return !is_temporary(path) && !taken_away.contains(path) &&
           shapes[parent_directory(path) + "/" + varied] < kEnoughOfOneShape;
  });
  return candidates;
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// A hole is there before the program is, so a directory that the program makes can't be one: mkdir(2) would fail with
// EEXIST. The hidden directories of a home are the exception: programs share them, and so expect that they exist.
#include "holes/own_directories.h"

#include <algorithm>

#include "holes/lossy_places.h"
#include "profilegen/paths.h"

namespace profilegen {
namespace {

bool is_home(const std::string& path) {
  return path == "/root" || (parent_directory(path) == "/home" && path != "/home");
}

bool is_hidden_in_home(const std::string& path) {
  return is_home(parent_directory(path)) && path[path.rfind('/') + 1] == '.';
}

bool is_only_made(const Writes& entry) {
  return entry.ops.contains(FileOp::MKDIR) && !entry.ops.contains(FileOp::RMDIR) &&
         !entry.ops.contains(FileOp::RENAME_FROM) && !entry.ops.contains(FileOp::RENAME_TO);
}

// An engine gives a volume that the image has nothing for to root.
bool can_own(const std::string& path, const ImageDirectories& directories) {
  const Ownership owner = owner_at(path, directories);
  return may_be_lost(path) || (owner.uid == 0 && owner.gid == 0);
}

}  // namespace

std::set<std::string> own_directories(const Trace& trace, const std::map<std::string, Writes>& writes,
                                      const ImageDirectories& directories) {
  std::set<std::string> own;
  // For a process tree, no engine makes the place where a hole is mounted.
  const bool has_engine =
      std::ranges::all_of(trace.runs, [](const auto& run) { return !run.second.subject.engine.empty(); });
  for (const auto& [path, entry] : writes)
    if (has_engine && is_hidden_in_home(path) && is_only_made(entry) && can_own(path, directories)) own.insert(path);
  return own;
}

}  // namespace profilegen

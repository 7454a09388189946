// SPDX-License-Identifier: Apache-2.0
// Programs look whether they may write, and go another way if not. Where none of them wrote afterwards there is no
// hole, so the answer changes with the policy, and verify must know that this is meant.
#include "holes/written.h"
#include "profilegen/paths.h"
#include "steps.h"

namespace profilegen {
namespace {

constexpr size_t kMostAsked = 64;  // find(1) asks for each file of a tree: then directories stand for what is in them

std::string place_of(const std::string& path) {
  const std::string parent = parent_directory(path.ends_with('/') ? path.substr(0, path.size() - 1) : path);
  return parent == "/" ? parent : parent + '/';
}

void fold_into_directories(std::set<std::string>& asked) {
  while (asked.size() > kMostAsked) {
    std::set<std::string> directories;
    for (const std::string& path : asked) directories.insert(place_of(path));
    asked = std::move(directories);
  }
}

}  // namespace

void add_asked(const Trace& trace, Profile& profile) {
  if (!profile.read_only_root) return;
  for (const auto& [key, fact] : trace.files)
    if (key.op == FileOp::ASK_WRITE && key.path.starts_with('/') && !is_in_a_hole(key.path, profile) &&
        on_root_in_some_run(trace, key.path, fact.runs))
      profile.asked.insert(key.path);
  fold_into_directories(profile.asked);
}

}  // namespace profilegen

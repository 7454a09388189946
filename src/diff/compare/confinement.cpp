// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>

#include "parts.h"

namespace profilegen::diff {

namespace {

template <typename T>
std::vector<T> missing_from(const std::set<T>& from, const std::set<T>& all) {
  std::vector<T> missing;
  std::set_difference(all.begin(), all.end(), from.begin(), from.end(), std::back_inserter(missing));
  return missing;
}

std::string reason_of(const Profile& profile, const std::string& name) {
  if (profile.file_capabilities.contains(name)) return "demanded by an executed file";
  return profile.kept_capabilities.contains(name) ? "only put into a set (capset, prctl)" : "";
}

}  // namespace

void compare_capabilities(const Profile& before, const Profile& after, std::vector<Change>& changes) {
  for (const auto& name : missing_from(before.capabilities, after.capabilities)) {
    changes.push_back({ChangeKind::capability, name, Direction::added, reason_of(after, name)});
  }
  for (const auto& name : missing_from(after.capabilities, before.capabilities)) {
    changes.push_back({ChangeKind::capability, name, Direction::removed, ""});
  }
}

void compare_options(const Profile& before, const Profile& after, std::vector<Change>& changes) {
  if (before.no_new_privileges != after.no_new_privileges) {
    const bool lost = before.no_new_privileges;
    changes.push_back({ChangeKind::option, "no-new-privileges", lost ? Direction::added : Direction::removed,
                       lost ? "programs may gain privileges again" : "programs can't gain privileges any more"});
  }
  if (before.read_only_root != after.read_only_root) {
    const bool lost = before.read_only_root;
    std::string detail = lost ? "the root file system is writable again" : "the root file system is read-only now";
    if (lost && !after.root_reason.empty()) detail += ": " + after.root_reason;
    changes.push_back({ChangeKind::option, "read-only", lost ? Direction::added : Direction::removed, detail});
  }
  if (before.as_root != after.as_root)
    changes.push_back({ChangeKind::option, "user", after.as_root ? Direction::added : Direction::removed,
                       after.as_root ? "the container runs as root" : "the container no longer runs as root"});
}

void compare_network(const Profile& before, const Profile& after, std::vector<Change>& changes) {
  for (const auto& [family, type] : missing_from(before.network, after.network)) {
    changes.push_back({ChangeKind::network, family + " " + type, Direction::added, ""});
  }
  for (const auto& [family, type] : missing_from(after.network, before.network)) {
    changes.push_back({ChangeKind::network, family + " " + type, Direction::removed, ""});
  }
}

}  // namespace profilegen::diff

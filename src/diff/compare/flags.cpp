// SPDX-License-Identifier: Apache-2.0
// A policy is its profile, but engines do what the flags beside it say.
#include "parts.h"

namespace profilegen::diff {

namespace {

/// What `flags` has beyond its profile and `other` has not.
void add_flags(const BundleFlagWords& flags, const BundleFlagWords& other, Direction direction,
               std::vector<Change>& changes) {
  for (const std::string& flag : flags.added)
    if (!other.given.contains(flag))
      changes.push_back({ChangeKind::flag, flag, direction, "the profile does not explain this flag"});
  for (const std::string& flag : flags.missing)
    if (!other.missing.contains(flag))
      changes.push_back({ChangeKind::flag, flag, direction, "the profile has it, and the flags leave it out"});
}

}  // namespace

void compare_flags(const BundleFlagWords& before, const BundleFlagWords& after, std::vector<Change>& changes) {
  add_flags(after, before, Direction::added, changes);
  add_flags(before, after, Direction::removed, changes);
}

}  // namespace profilegen::diff

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <tuple>

#include "parts.h"
#include "risk.h"

namespace profilegen {

Result<Policy> policy_of(Profile profile, const std::string& object) {
  auto filter = SeccompEffect::of(profile);
  if (!filter) return filter.error();
  return Policy{object, std::move(profile), std::move(*filter)};
}

std::vector<Change> compare(const Policy& before, const Policy& after) {
  std::vector<Change> changes;
  diff::compare_calls(before, after, changes);
  if (before.profile && after.profile) {
    diff::compare_capabilities(*before.profile, *after.profile, changes);
    diff::compare_options(*before.profile, *after.profile, changes);
    diff::compare_holes(*before.profile, *after.profile, changes);
    diff::compare_mounts(*before.profile, *after.profile, changes);
    diff::compare_files(*before.profile, *after.profile, changes);
    diff::compare_network(*before.profile, *after.profile, changes);
  }
  diff::compare_flags(before.flags, after.flags, changes);
  const auto mounts = after.profile ? after.profile->mounts : std::map<std::string, UserMount>{};
  for (Change& change : changes)
    if (change.direction == Direction::added) diff::rank(change, mounts);
  std::sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
    return std::tie(a.direction, b.risk, a.kind, a.item, a.detail) <
           std::tie(b.direction, a.risk, b.kind, b.item, b.detail);
  });
  return changes;
}

}  // namespace profilegen

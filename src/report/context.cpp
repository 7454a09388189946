// SPDX-License-Identifier: Apache-2.0
#include "context.h"

namespace profilegen::report {

namespace {

/// All permissions of a policy: compared with a policy that allows nothing, they are what is added.
std::map<std::pair<ChangeKind, std::string>, Change> permissions_of(const Policy& policy) {
  Profile nothing;
  nothing.arch = policy.profile->arch;
  nothing.container = policy.profile->container;
  std::map<std::pair<ChangeKind, std::string>, Change> permissions;
  const auto empty = policy_of(std::move(nothing), "nothing");
  if (!empty) return permissions;
  for (Change& change : compare(*empty, policy))
    if (change.direction == Direction::added) permissions.emplace(std::pair(change.kind, change.item), change);
  return permissions;
}

}  // namespace

Context::Context(const ReportInput& from)
    : input(from),
      profile(*from.policy.profile),
      score(score_of(from.policy)),
      permissions(permissions_of(from.policy)) {}

const Change* Context::permission(ChangeKind kind, const std::string& item) const {
  const auto found = permissions.find({kind, item});
  return found == permissions.end() ? nullptr : &found->second;
}

}  // namespace profilegen::report

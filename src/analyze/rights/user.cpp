// SPDX-License-Identifier: Apache-2.0
#include "profilegen/profile_parts.h"
#include "steps.h"

namespace profilegen {

void add_user(const Trace& trace, Profile& profile) {
  for (const auto& [id, run] : trace.runs) {
    profile.as_root = profile.as_root || is_root(run.subject);
    if (!run.subject.user.empty() && !is_root(run.subject)) profile.users.insert(run.subject.user);
    for (const RestrictedPath& path : run.restricted)
      add_restricted(profile.restricted, path.path, {path.mode, path.uid, path.gid});
  }
}

}  // namespace profilegen

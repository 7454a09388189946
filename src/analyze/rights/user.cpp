// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "restricted.h"
#include "steps.h"

namespace profilegen {

void add_restricted(std::map<std::string, Ownership>& restricted, const std::string& path, const Ownership& owned) {
  const auto [place, is_new] = restricted.try_emplace(path, owned);
  if (!is_new) place->second = std::min(place->second, owned);
}

void add_user(const Trace& trace, Profile& profile) {
  for (const auto& [id, run] : trace.runs) {
    profile.as_root = profile.as_root || is_root(run.subject);
    for (const RestrictedPath& path : run.restricted)
      add_restricted(profile.restricted, path.path, {path.mode, path.uid, path.gid});
  }
}

}  // namespace profilegen

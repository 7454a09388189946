// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "steps.h"

namespace profilegen {

void add_user(const Trace& trace, Profile& profile) {
  for (const auto& [id, run] : trace.runs) {
    profile.as_root = profile.as_root || is_root(run.subject);
    for (const RestrictedPath& path : run.restricted) {
      const Ownership owned{path.mode, path.uid, path.gid};
      const auto [place, is_new] = profile.restricted.try_emplace(path.path, owned);
      if (!is_new) place->second = std::min(place->second, owned);
    }
  }
}

}  // namespace profilegen

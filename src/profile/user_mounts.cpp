// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "profilegen/profile_parts.h"

namespace profilegen {

void add_user_mount(std::map<std::string, UserMount>& mounts, const std::string& path, const UserMount& mount) {
  const auto [place, is_new] = mounts.try_emplace(path, mount);
  if (is_new) return;
  UserMount& known = place->second;
  known = {.source = std::min(known.source, mount.source),
           .origin = std::min(known.origin, mount.origin),
           .written = known.written || mount.written,
           .read_only = known.read_only && mount.read_only};
}

}  // namespace profilegen

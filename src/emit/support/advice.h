// SPDX-License-Identifier: Apache-2.0
// What one recording tells beside the policy. Advice and no part of docker.flags: what was not seen to be needed may be
// needed in production (more load, another client), and none of it is refused one call at a time.
#pragma once

#include <string>
#include <vector>

#include "profilegen/profile.h"

namespace profilegen {

struct Advice {
  std::string flag;                   ///< for docker and podman, as one shell word; or what can't be said by one
  std::vector<std::string> evidence;  ///< lines
};

/// --user, and what would have to belong to that user.
std::vector<Advice> advise_user(const Profile& profile);
/// --network, --ipc, --device.
std::vector<Advice> advise_isolation(const Profile& profile);
/// --memory, --pids-limit, --ulimit.
std::vector<Advice> advise_limits(const Profile& profile);
/// Log files, caches, databases and the like in writable holes.
std::vector<Advice> advise_contents(const Profile& profile);

}  // namespace profilegen

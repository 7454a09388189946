// SPDX-License-Identifier: Apache-2.0
// What a recording suggests beyond the policy. This is advice and not part of docker.flags: what the recording did not
// need may still be needed in production (more load, another client), and these limits do not refuse single calls that
// verify could report.
#pragma once

#include <string>
#include <vector>

#include "profilegen/profile.h"

namespace profilegen {

struct Advice {
  std::string flag;                   ///< for docker and podman, as one shell word; or a text where no flag says it
  std::vector<std::string> evidence;  ///< one line each
};

/// --user, and the files that this user must own.
std::vector<Advice> advise_user(const Profile& profile);
/// How to do without a capability, as far as it is known what it was needed for.
std::vector<Advice> advise_capabilities(const Profile& profile);
/// --network, --ipc, --device.
std::vector<Advice> advise_isolation(const Profile& profile);
/// --memory, --pids-limit, --ulimit.
std::vector<Advice> advise_limits(const Profile& profile);
/// AppArmor, where a volume would let programs be executed.
std::vector<Advice> advise_programs(const Profile& profile);
/// Log files, caches, databases and the like in the writable holes.
std::vector<Advice> advise_contents(const Profile& profile);

}  // namespace profilegen

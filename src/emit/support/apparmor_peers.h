// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "profilegen/profile.h"

namespace profilegen {

/// Whether the application controls other processes, or may: more than reading about them.
bool attaches_to_processes(const Profile& profile);

/// Rules for what processes do to each other. `name` is the name of the AppArmor profile.
std::string apparmor_peer_rules(const Profile& profile, const std::string& name);

}  // namespace profilegen

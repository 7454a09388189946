// SPDX-License-Identifier: Apache-2.0
// The calls that a profile allows only for the container runtime.
#pragma once

#include <set>
#include <string>

#include "profilegen/profile.h"

namespace profilegen {

/// Adds those of the calls that the architecture has, as needed by the runtime.
void add_runtime_calls(const std::set<std::string>& names, Arch arch, Profile& profile);

/// Adds to a profile with no-new-privileges what its runtimes call without it, because it will be used without.
void add_plain_floors(Profile& profile);

/// The profile for containers that run without no-new-privileges: it also allows what their runtimes call in that case.
Profile with_new_privileges(const Profile& profile);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// What a profile lets through for the container runtime alone, and how that is mended later.
#pragma once

#include <map>
#include <set>
#include <string>

#include "profilegen/profile.h"

namespace profilegen {

/// As the runtime's own, those of them that the architecture has.
void add_runtime_calls(const std::set<std::string>& names, Arch arch, Profile& profile);

/// To a profile with no-new-privileges, what its runtimes call without: for one that will be without.
void add_plain_floors(Profile& profile);

/// The profile for containers that are run without no-new-privileges: with what its runtimes call then.
Profile with_new_privileges(const Profile& profile);

/// For each runtime that was measured, what one of its versions calls before it starts a program and the filter
/// refuses. Those that lack nothing are left out.
std::map<std::string, std::set<std::string>> missing_floors(const Profile& profile);

}  // namespace profilegen

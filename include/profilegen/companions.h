// SPDX-License-Identifier: Apache-2.0
// Companions: calls that a program makes when it ends, is stopped, paused or signalled, whether or not that was
// recorded. From profiles/companions.json.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "profilegen/profile.h"

namespace profilegen {

inline constexpr std::string_view kAlways = "always";

/// The companions of a trigger, "always" or a behaviour's name, that the architecture has.
std::set<std::string> companions_of(std::string_view trigger, Arch arch);

/// Adds them to the profile, unless somebody is known to need them.
void add_companions(std::string_view trigger, Arch arch, Profile& profile);

/// Why a call is one, e.g. "a handler was installed for a signal"; empty for a call that is no companion of anything.
std::string_view companion_reason(std::string_view call);

/// Whether the call is allowed only as a companion.
bool is_companion(const std::set<NeededBy>& who);

/// Joins who needs a call: whoever was seen to need it wins over its being a companion.
void add_needed(std::set<NeededBy>& known, const std::set<NeededBy>& more);

Profile without_companions(Profile profile);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// In a file, denied capabilities are lines of "notes", as in the first version of profiles. Only the reading and
// writing of files depends on that.
#pragma once

#include "profilegen/profile.h"

namespace profilegen {

/// Moves the lines of `notes` about denied capabilities to Profile::denied_capabilities.
void take_denied_notes(Profile& profile);

/// The lines of "notes" in a file.
std::vector<std::string> notes_in_file(const Profile& profile);

}  // namespace profilegen

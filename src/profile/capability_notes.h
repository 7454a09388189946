// SPDX-License-Identifier: Apache-2.0
// What is known of capabilities beside the list of those that are allowed. In a file it is among the notes.
#pragma once

#include "profilegen/profile.h"

namespace profilegen {

/// Moves the lines of `notes` about capabilities to the sets of the profile that they stand for.
void take_capability_notes(Profile& profile);

}  // namespace profilegen

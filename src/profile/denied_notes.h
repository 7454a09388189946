// SPDX-License-Identifier: Apache-2.0
// In a file, the capabilities that were denied are lines of "notes": profiles of the first version hold them there, and
// only reading and writing of files knows that.
#pragma once

#include "profilegen/profile.h"

namespace profilegen {

/// Those of `notes` that say it become Profile::denied_capabilities.
void take_denied_notes(Profile& profile);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "profilegen/diff.h"

namespace profilegen::diff {

/// Fills in the risk of an added permission and what it makes possible. A file in a mount that the user's own command
/// gives is ranked by that, and the detail says so.
void rank(Change& change, const std::map<std::string, UserMount>& mounts = {});

}  // namespace profilegen::diff

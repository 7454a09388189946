// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "profilegen/profile.h"

namespace profilegen {

/// Merges the holes at the same path in two profiles.
Hole merge_holes(const Hole& left, const Hole& right);
/// Merges holes that are below another hole into it: it then allows what they did.
void absorb_covered_holes(std::map<std::string, Hole>& holes);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "profilegen/profile.h"

namespace profilegen {

/// The same path in two profiles.
Hole merge_holes(const Hole& left, const Hole& right);
/// Holes below another hole become part of it: it has to do what they did.
void absorb_covered_holes(std::map<std::string, Hole>& holes);

}  // namespace profilegen

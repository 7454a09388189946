// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "profilegen/seccomp.h"

namespace profilegen::diff {

/// Values of one half of an argument that these comparisons, all of that half, tell apart: each kind of value is there
/// at least once.
std::set<uint32_t> half_values(const std::vector<WordComparison>& comparisons);

}  // namespace profilegen::diff

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

#include "profilegen/result.h"

namespace profilegen {

/// The first number from `first` on and below `end` that `take` gives us. `take` returns 0, or an errno: EEXIST when
/// the number is somebody else's, anything else when no number can be had.
Result<uint32_t> claim_number(uint32_t first, uint32_t end, const std::function<int(uint32_t)>& take);

}  // namespace profilegen

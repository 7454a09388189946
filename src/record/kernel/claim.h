// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

#include "profilegen/result.h"

namespace profilegen {

/// Claims the first free number, from `first` up to but not including `end`. `take` tries to claim one. It returns 0,
/// or an errno: EEXIST if somebody else has the number, any other if no number can be claimed.
Result<uint32_t> claim_number(uint32_t first, uint32_t end, const std::function<int(uint32_t)>& take);

}  // namespace profilegen

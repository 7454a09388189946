// SPDX-License-Identifier: Apache-2.0
#include "kernel/claim.h"

#include <cerrno>

namespace profilegen {

Result<uint32_t> claim_number(uint32_t first, uint32_t end, const std::function<int(uint32_t)>& take) {
  for (uint32_t number = first; number < end; ++number) {
    const int refused = take(number);
    if (refused == 0) return number;
    if (refused != EEXIST) return Error{"", "no number can be claimed", "", refused};
  }
  return Error{"", "all numbers are taken", "", ENOSPC};
}

}  // namespace profilegen

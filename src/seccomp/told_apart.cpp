// SPDX-License-Identifier: Apache-2.0
#include "told_apart.h"

namespace profilegen::seccomp {

void add_told_apart(const Comparison& comparison, std::array<std::set<uint64_t>, 6>& values) {
  std::set<uint64_t>& mine = values[comparison.index];
  if (comparison.op != SCMP_CMP_MASKED_EQ) {
    mine.insert({comparison.value - 1, comparison.value, comparison.value + 1});
    return;
  }
  const uint64_t mask = comparison.value;
  const uint64_t wanted = comparison.value_two & mask;
  mine.insert({wanted, wanted | ~mask, ~wanted});
  constexpr uint64_t kMostBits = 0xffffffff;
  if (mask == kMostBits || mask == UINT64_MAX) {  // a plain value: its neighbours do
    mine.insert({wanted + 1, wanted ^ 1U});
    return;
  }
  for (uint64_t bit = 1; bit != 0; bit <<= 1U)
    if ((mask & bit) != 0) mine.insert(wanted ^ bit);
}

}  // namespace profilegen::seccomp

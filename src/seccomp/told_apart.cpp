// SPDX-License-Identifier: Apache-2.0
#include "told_apart.h"

#include <bit>

namespace profilegen::seccomp {

void add_told_apart(const Comparison& comparison, std::array<std::set<uint64_t>, 6>& values) {
  std::set<uint64_t>& mine = values[comparison.index];
  if (comparison.op != SCMP_CMP_MASKED_EQ) {
    mine.insert({comparison.value - 1, comparison.value, comparison.value + 1});
    return;
  }
  // Values that match, with all ignored bits clear and with all set, and values that miss by one bit. For a mask with
  // many bits, only two of the latter: where another filter's mask differs, that filter's own values show the
  // difference.
  constexpr uint64_t low_half = 0xffffffff;
  constexpr int few = 16;
  const uint64_t mask = comparison.value;
  const uint64_t wanted = comparison.value_two & mask;
  mine.insert({wanted, wanted | ~mask, (wanted | ~mask) & low_half});
  if (mask == 0) return;
  mine.insert({wanted ^ (mask & (~mask + 1)), wanted ^ std::bit_floor(mask)});
  if (std::popcount(mask) > few) return;
  for (uint64_t rest = mask; rest != 0; rest &= rest - 1) mine.insert(wanted ^ (rest & (~rest + 1)));
}

}  // namespace profilegen::seccomp

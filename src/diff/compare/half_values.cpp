// SPDX-License-Identifier: Apache-2.0
#include "half_values.h"

#include <algorithm>
#include <bit>

namespace profilegen::diff {
namespace {

constexpr uint32_t kAllOnes = 0xffffffff;

/// Values that match, with all ignored bits clear and with all set, and values that miss by one bit. For a mask with
/// many bits, only two of the latter: where another filter's mask differs, that filter's own values show the
/// difference.
void add_masked(uint32_t mask, uint32_t wanted, std::set<uint32_t>& values) {
  constexpr int few = 16;
  values.insert({wanted, wanted | ~mask});
  if (mask == 0) return;
  values.insert({wanted ^ (mask & (~mask + 1)), wanted ^ std::bit_floor(mask)});
  if (std::popcount(mask) > few) return;
  for (uint32_t rest = mask; rest != 0; rest &= rest - 1) values.insert(wanted ^ (rest & (~rest + 1)));
}

/// The smallest value that equals none of them.
uint32_t other_than(const std::set<uint32_t>& constants) {
  uint32_t other = 0;
  while (constants.contains(other)) ++other;
  return other;
}

}  // namespace

std::set<uint32_t> half_values(const std::vector<WordComparison>& comparisons) {
  std::set<uint32_t> values;
  std::set<uint32_t> constants;
  bool ordered = false;
  for (const WordComparison& one : comparisons) {
    if (one.mask != kAllOnes) {
      add_masked(one.mask, one.value, values);
      continue;
    }
    constants.insert(one.value);
    ordered |= one.ordered;
  }
  values.insert(other_than(constants));
  for (const uint32_t constant : constants) {
    values.insert(constant);
    if (ordered) values.insert({constant - 1, constant + 1});
  }
  return values;
}

}  // namespace profilegen::diff

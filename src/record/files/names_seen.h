// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace profilegen {

/// Remembers which names were resolved already, in a cache of at most 1 MiB: a forgotten name is resolved again. It
/// keeps a 64-bit hash of each name; with 100 000 names, less than one recording in 10^9 takes a new name for a known
/// one.
class NamesSeen {
 public:
  /// Returns false if the name is known.
  bool insert(std::string_view name);
  void clear();

 private:
  std::vector<uint64_t> slots_;  // indexed by hash; 0 is an empty slot
  size_t used_ = 0;
};

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace profilegen {

/// Which names were resolved already. Only a cache, of at most 1 MiB: a name that it forgets is resolved once more.
/// It keeps 64 bits of each, so that 100 000 names are taken for known by chance less than once in 10^9 recordings.
class NamesSeen {
 public:
  /// False when the name is known.
  bool insert(std::string_view name);
  void clear();

 private:
  std::vector<uint64_t> slots_;  // by hash, 0 is empty
  size_t used_ = 0;
};

}  // namespace profilegen

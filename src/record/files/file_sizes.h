// SPDX-License-Identifier: Apache-2.0
// Sums up the largest sizes of files by directory, since there can be a million files.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "profilegen/trace.h"

namespace profilegen {

class FileSizes {
 public:
  /// The file was seen with at most 1 << `bits` bytes, and more than half of that.
  void add(const std::string& path, uint32_t bits);

  [[nodiscard]] std::vector<DirectorySize> by_directory() const;  ///< sorted by path

 private:
  std::unordered_map<size_t, uint64_t> largest_;  ///< hash of a path → bytes
  std::map<std::string, uint64_t> directories_;   ///< → bytes
};

}  // namespace profilegen

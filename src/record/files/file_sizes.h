// SPDX-License-Identifier: Apache-2.0
// Sums up the largest sizes of files by directory, since there can be a million files.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "paths/path_resolver.h"
#include "profilegen/trace.h"

namespace profilegen {

class FileSizes {
 public:
  /// The file was seen with at most 1 << `bits` bytes, and more than half of that. A large one may have holes
  /// (lseek(2)), and then counts with what it occupies.
  void add(const std::string& path, uint32_t bits, const PathResolver& paths);
  /// Looks at files with holes again, at the end: their length does not tell when the holes are filled. Of one that is
  /// gone nothing is known, so it counts as larger than any machine's memory.
  void look_again(const PathResolver& paths);

  [[nodiscard]] std::vector<DirectorySize> by_directory() const;  ///< sorted by path

 private:
  void count(const std::string& path, uint32_t bits);

  std::set<std::string> with_holes_;
  std::unordered_map<size_t, uint64_t> largest_;  ///< hash of a path → bytes
  std::map<std::string, uint64_t> directories_;   ///< → bytes
};

}  // namespace profilegen

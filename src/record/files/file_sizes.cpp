// SPDX-License-Identifier: Apache-2.0
#include "files/file_sizes.h"
#include "profilegen/paths.h"

namespace profilegen {

void FileSizes::add(const std::string& path, uint32_t bits) {
  constexpr uint32_t most = 62;
  if (bits > most) return;
  const uint64_t bytes = uint64_t{1} << bits;
  uint64_t& known = largest_[std::hash<std::string>()(path)];
  if (bytes <= known) return;
  directories_[parent_directory(path)] += bytes - known;
  known = bytes;
}

std::vector<DirectorySize> FileSizes::by_directory() const {
  std::vector<DirectorySize> sizes;
  for (const auto& [path, bytes] : directories_) sizes.push_back({path, bytes});
  return sizes;
}

}  // namespace profilegen

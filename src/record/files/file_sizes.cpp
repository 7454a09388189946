// SPDX-License-Identifier: Apache-2.0
#include "files/file_sizes.h"
#include "profilegen/paths.h"

#include <sys/stat.h>

#include <algorithm>
#include <bit>
#include <optional>

namespace profilegen {
namespace {

constexpr uint32_t kLeastBits = 12;  // a page
constexpr uint32_t kLargeBits = 26;  // below the least size that is ever advised, 64 MiB, holes make no difference
constexpr uint32_t kMostBits = 62;

// The file occupies at most 1 << this many bytes; nullopt if it can't be looked at.
std::optional<uint32_t> occupied(const PathResolver& paths, const std::string& path) {
  constexpr uint64_t sector = 512;  // unit of st_blocks: inode(7)
  const auto status = paths.status(path);
  if (!status || !S_ISREG(status->st_mode)) return std::nullopt;
  const uint64_t bytes = static_cast<uint64_t>(status->st_blocks) * sector;
  return std::max(kLeastBits, static_cast<uint32_t>(std::countr_zero(std::bit_ceil(std::max<uint64_t>(bytes, 1)))));
}

}  // namespace

void FileSizes::add(const std::string& path, uint32_t bits, const PathResolver& paths) {
  const auto taken = bits > kLargeBits ? occupied(paths, path) : std::nullopt;
  if (taken && *taken < bits) with_holes_.insert(path);
  count(path, taken ? std::min(bits, *taken) : bits);
}

void FileSizes::look_again(const PathResolver& paths) {
  for (const std::string& path : with_holes_) count(path, occupied(paths, path).value_or(kMostBits));
  with_holes_.clear();
}

void FileSizes::count(const std::string& path, uint32_t bits) {
  if (bits > kMostBits) return;
  const uint64_t bytes = uint64_t{1} << bits;
  uint64_t& known = largest_[std::hash<std::string>()(path)];
  if (bytes <= known) return;
  uint64_t& all = directories_[parent_directory(path)];
  all = std::min(all + (bytes - known), uint64_t{1} << kMostBits);
  known = bytes;
}

std::vector<DirectorySize> FileSizes::by_directory() const {
  std::vector<DirectorySize> sizes;
  for (const auto& [path, bytes] : directories_) sizes.push_back({path, bytes});
  return sizes;
}

}  // namespace profilegen

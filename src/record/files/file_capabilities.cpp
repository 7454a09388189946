// SPDX-License-Identifier: Apache-2.0
#include "files/file_capabilities.h"

#include <endian.h>
#include <linux/capability.h>
#include <sys/statvfs.h>
#include <sys/xattr.h>

#include <array>
#include <cstring>
#include <sstream>

namespace profilegen {
namespace {

// The kernel passes over bits of capabilities that it does not have.
constexpr uint64_t kKnown = (uint64_t{2} << CAP_LAST_CAP) - 1;

size_t words_of(uint32_t revision) {
  switch (revision) {
    case VFS_CAP_REVISION_1:
      return VFS_CAP_U32_1;
    case VFS_CAP_REVISION_2:
    case VFS_CAP_REVISION_3:
      return VFS_CAP_U32_3;
    default:
      return 0;
  }
}

// The kernel takes no other sizes (get_vfs_caps_from_disk() in security/commoncap.c).
size_t size_of(uint32_t revision) {
  const size_t sets = sizeof(uint32_t) * (1 + 2 * words_of(revision));
  return sets + (revision == VFS_CAP_REVISION_3 ? sizeof(uint32_t) : 0);
}

}  // namespace

FileCapabilities parse_file_capabilities(std::string_view attribute, uint32_t root) {
  vfs_ns_cap_data data{};
  if (attribute.size() < sizeof data.magic_etc || attribute.size() > sizeof data) return {};
  std::memcpy(&data, attribute.data(), attribute.size());
  const uint32_t magic = le32toh(data.magic_etc);
  const uint32_t revision = magic & VFS_CAP_REVISION_MASK;
  if (words_of(revision) == 0 || attribute.size() != size_of(revision)) return {};
  // Root of the machine is that of a namespace above the container's (rootid_owns_currentns()).
  const uint32_t owner = revision == VFS_CAP_REVISION_3 ? le32toh(data.rootid) : 0;
  if (owner != 0 && owner != root) return {};
  FileCapabilities capabilities;
  for (size_t word = 0; word < words_of(revision); ++word)
    capabilities.permitted |= uint64_t{le32toh(data.data[word].permitted)} << (32 * word);
  capabilities.permitted &= kKnown;
  capabilities.demanded = (magic & VFS_CAP_FLAGS_EFFECTIVE) != 0;
  return capabilities;
}

FileCapabilities file_capabilities(int fd, uint32_t root) {
  std::array<char, sizeof(vfs_ns_cap_data)> attribute{};
  struct statvfs mount {};
  const ssize_t size = fgetxattr(fd, "security.capability", attribute.data(), attribute.size());
  if (size <= 0 || fstatvfs(fd, &mount) != 0 || (mount.f_flag & ST_NOSUID) != 0) return {};
  return parse_file_capabilities({attribute.data(), static_cast<size_t>(size)}, root);
}

uint32_t root_outside(const std::string& uid_map) {
  std::istringstream lines(uid_map);
  uint32_t inside = 0;
  uint32_t outside = 0;
  uint32_t count = 0;
  while (lines >> inside >> outside >> count)
    if (inside == 0) return outside;
  return 0;
}

}  // namespace profilegen

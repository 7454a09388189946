// SPDX-License-Identifier: Apache-2.0
#include "files/permissions.h"

#include <endian.h>
#include <linux/capability.h>
#include <linux/posix_acl.h>
#include <linux/posix_acl_xattr.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

namespace profilegen {
namespace {

constexpr size_t kMostAcl = 4096;

std::vector<posix_acl_xattr_entry> entries_of(const std::string& acl) {
  if (acl.size() < sizeof(posix_acl_xattr_header)) return {};
  const size_t bytes = acl.size() - sizeof(posix_acl_xattr_header);
  std::vector<posix_acl_xattr_entry> entries(bytes / sizeof(posix_acl_xattr_entry));
  std::memcpy(entries.data(), acl.data() + sizeof(posix_acl_xattr_header),
              entries.size() * sizeof(posix_acl_xattr_entry));
  for (auto& entry : entries) {
    entry.e_tag = le16toh(entry.e_tag);
    entry.e_perm = le16toh(entry.e_perm);
    entry.e_id = le32toh(entry.e_id);
  }
  return entries;
}

uint32_t mask_of(const std::vector<posix_acl_xattr_entry>& entries) {
  for (const auto& entry : entries)
    if (entry.e_tag == ACL_MASK) return entry.e_perm;
  return S_IRWXO;
}

// As posix_acl_permission() in fs/posix_acl.c, for a thread that is not the owner.
bool list_allows(const Rights& rights, const Guarded& file, uint32_t ways) {
  const auto entries = entries_of(file.acl);
  const uint32_t mask = mask_of(entries);
  bool in_a_group = false;
  for (const auto& entry : entries) {
    const bool allows = (entry.e_perm & ways) == ways;
    if (entry.e_tag == ACL_USER && entry.e_id == rights.user) return allows && (mask & ways) == ways;
    const bool is_member = (entry.e_tag == ACL_GROUP_OBJ && rights.is_in(file.status.st_gid)) ||
                           (entry.e_tag == ACL_GROUP && rights.is_in(entry.e_id));
    if (is_member && allows) return (mask & ways) == ways;
    in_a_group = in_a_group || is_member;
    if (entry.e_tag == ACL_OTHER) return !in_a_group && allows;
  }
  return false;
}

// As acl_permission_check() in fs/namei.c: an access control list does not count for the owner.
bool bits_allow(const Rights& rights, const Guarded& file, uint32_t ways) {
  const struct stat& status = file.status;
  if (rights.user != status.st_uid && !file.acl.empty()) return list_allows(rights, file, ways);
  return mode_allows(rights, status.st_mode, status.st_uid, status.st_gid, ways);
}

}  // namespace

bool Rights::is_in(uint32_t id) const { return id == group || std::ranges::find(groups, id) != groups.end(); }

bool mode_allows(const Rights& rights, uint32_t mode, uint32_t owner, uint32_t group, uint32_t ways) {
  if (rights.user == owner) return (mode >> 6 & ways) == ways;
  if (rights.is_in(group)) return (mode >> 3 & ways) == ways;
  // In which of the groups it may be is not known.
  return (mode & ways) == ways || (rights.more_groups && (mode >> 3 & ways) == ways);
}

Rights rights_of(const pg_rights_event& event, uint32_t root) {
  const size_t known = std::min<size_t>(event.group_count, PG_GROUPS);
  const auto groups = std::span(event.groups).first(known);
  // A capability that the container has, and the thread has not, was given up by the program.
  const bool as_given = event.user == root && event.effective == event.bounding;
  return {event.user,
          event.group,
          {groups.begin(), groups.end()},
          event.group_count > known,
          as_given ? ~uint64_t{0} : event.effective};
}

std::optional<Guarded> guarded(int fd) {
  Guarded file;
  if (fd < 0 || fstat(fd, &file.status) != 0) return std::nullopt;
  std::array<char, kMostAcl> acl{};
  const std::string path = "/proc/self/fd/" + std::to_string(fd);
  const ssize_t size = getxattr(path.c_str(), "system.posix_acl_access", acl.data(), acl.size());
  if (size > 0) file.acl.assign(acl.data(), static_cast<size_t>(size));
  return file;
}

// As generic_permission() in fs/namei.c: no capability replaces the last execute bit of a file.
bool may_access(const Rights& rights, const Guarded& file, uint32_t ways) {
  if (bits_allow(rights, file, ways)) return true;
  const bool directory = S_ISDIR(file.status.st_mode);
  const bool executable = (file.status.st_mode & (S_IXUSR | S_IXGRP | S_IXOTH)) != 0;
  if (rights.has(CAP_DAC_OVERRIDE)) return directory || (ways & X_OK) == 0 || executable;
  const bool only_looks = (ways & W_OK) == 0 && (directory || ways == R_OK);
  return only_looks && rights.has(CAP_DAC_READ_SEARCH);
}

bool may_remove(const Rights& rights, const Guarded& directory, const Guarded& file) {
  if (!may_access(rights, directory, W_OK | X_OK)) return false;
  const bool sticky = (directory.status.st_mode & S_ISVTX) != 0;
  return !sticky || rights.user == file.status.st_uid || rights.user == directory.status.st_uid ||
         rights.has(CAP_FOWNER);
}

bool may_change(const Rights& rights, const Guarded& file, FileOp op) {
  const bool owns = rights.user == file.status.st_uid;
  switch (op) {
    case FileOp::CHMOD:
    case FileOp::SETFLAGS:
      return owns || rights.has(CAP_FOWNER);
    case FileOp::CHOWN:
      return owns || rights.has(CAP_CHOWN);
    case FileOp::UTIME:
    case FileOp::XATTR:
      return owns || rights.has(CAP_FOWNER) || may_access(rights, file, W_OK);
    case FileOp::EXEC:
      return may_access(rights, file, X_OK);
    default:
      return may_access(rights, file, S_ISDIR(file.status.st_mode) ? W_OK | X_OK : W_OK);
  }
}

}  // namespace profilegen

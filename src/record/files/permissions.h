// SPDX-License-Identifier: Apache-2.0
// Whether the permissions of a file allow what a thread tried. The kernel looks at a read-only mount first
// (mnt_want_write() in fs/namei.c), so its answer does not tell.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "profilegen/abi_events.h"
#include "profilegen/trace.h"

namespace profilegen {

/// What a thread may do.
struct Rights {
  uint32_t user = 0;
  uint32_t group = 0;
  std::vector<uint32_t> groups{};  ///< supplementary ones
  bool more_groups = false;        ///< there are more than these
  uint64_t capabilities = 0;       ///< also those that only the policy has taken from it

  [[nodiscard]] bool has(uint32_t capability) const { return (capabilities >> capability & 1) != 0; }
  [[nodiscard]] bool is_in(uint32_t id) const;
};

/// `root` is the user that is root in the container. Without the policy such a thread would have more capabilities,
/// unless it has given some up itself.
Rights rights_of(const pg_rights_event& event, uint32_t root);

/// Whether the permission bits alone allow it: only the first of owner, group and others that applies counts
/// (acl_permission_check() in fs/namei.c). `ways` are R_OK, W_OK and X_OK of access(2).
bool mode_allows(const Rights& rights, uint32_t mode, uint32_t owner, uint32_t group, uint32_t ways);

/// A file as permissions see it.
struct Guarded {
  struct stat status {};
  std::string acl{};  ///< system.posix_acl_access as fgetxattr(2) gives it; empty: none
};
/// `fd` may be O_PATH. nullopt if it is no file.
std::optional<Guarded> guarded(int fd);

/// Whether the thread may access the file in all of these ways: R_OK, W_OK and X_OK of access(2).
bool may_access(const Rights& rights, const Guarded& file, uint32_t ways);
/// Whether the thread may remove or replace the file in this directory.
bool may_remove(const Rights& rights, const Guarded& directory, const Guarded& file);
/// Whether the thread may do this to the file itself: an operation of file_ops.def that keeps its name.
bool may_change(const Rights& rights, const Guarded& file, FileOp op);

}  // namespace profilegen

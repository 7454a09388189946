// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "profilegen/profile.h"

namespace profilegen {

/// Rounded up; "64" for 67108864.
std::string mebibytes(uint64_t bytes);

/// "rw,nosuid,…,mode=0755,uid=0,gid=0,size=64m". Always with mode and owner: Docker's default for a tmpfs is mode 1777.
std::string tmpfs_options(const Hole& hole);
/// The same for an engine without owner options: a hole that belongs to a user other than root gets mode 1777, like
/// /tmp.
std::string ownerless_tmpfs_options(const Hole& hole);
/// "--tmpfs=PATH:OPTIONS" or "--volume=PATH".
std::string hole_flag(const std::string& path, const Hole& hole, std::string (*options)(const Hole&) = tmpfs_options);
/// Fails for a hole whose path the engines' flags can't express. Analysis replaces such a hole by a directory above it,
/// so this happens only with profiles that were edited or written by hand.
Status require_flag_paths(const Profile& profile);

}  // namespace profilegen

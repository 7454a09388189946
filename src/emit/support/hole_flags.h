// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "profilegen/profile.h"

namespace profilegen {

/// Rounded up: "64" of 67108864.
std::string mebibytes(uint64_t bytes);

/// "rw,nosuid,…,mode=0755,uid=0,gid=0,size=64m". Mode and owner are always there: without, Docker makes a tmpfs 1777.
std::string tmpfs_options(const Hole& hole);
/// The same for an engine that takes no owner: what belongs to another user than root is everybody's, like /tmp.
std::string ownerless_tmpfs_options(const Hole& hole);
/// "--tmpfs=PATH:OPTIONS" or "--volume=PATH".
std::string hole_flag(const std::string& path, const Hole& hole, std::string (*options)(const Hole&) = tmpfs_options);
/// An error for a hole whose path the engines' flags can't express. Analysis raises such holes to a directory above;
/// this is for profiles that were edited or written by hand.
Status require_flag_paths(const Profile& profile);

}  // namespace profilegen

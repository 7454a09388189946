// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "profilegen/profile.h"

namespace profilegen {

/// All mounts that the holes need, by path: the holes themselves and, in each tmpfs, the directories of the image that
/// it hides.
std::map<std::string, Hole> hole_mounts(const Profile& profile);

}  // namespace profilegen

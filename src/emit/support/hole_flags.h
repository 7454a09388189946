// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "profilegen/profile.h"

namespace profilegen {

/// "--tmpfs=PATH:OPTIONS" or "--volume=PATH". Mode and owner are always there: without, Docker makes a tmpfs 1777.
std::string hole_flag(const std::string& path, const Hole& hole);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "profilegen/profile.h"

namespace profilegen {

/// The profile's capabilities without those that only have a number ("#NUMBER"): every format takes names only.
std::vector<std::string> named_capabilities(const Profile& profile);

}  // namespace profilegen

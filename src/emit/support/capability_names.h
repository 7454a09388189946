// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "profilegen/profile.h"

namespace profilegen {

/// The profile's capabilities, except those without a known name ("#NUMBER"): the formats accept only names.
std::vector<std::string> named_capabilities(const Profile& profile);

/// As AppArmor writes it: "net_bind_service".
std::string apparmor_capability(std::string name);

}  // namespace profilegen

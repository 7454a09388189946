// SPDX-License-Identifier: Apache-2.0
#include "support/capability_names.h"

namespace profilegen {

std::vector<std::string> named_capabilities(const Profile& profile) {
  std::vector<std::string> names;
  for (const std::string& name : profile.capabilities)
    if (!name.starts_with('#')) names.push_back(name);
  return names;
}

}  // namespace profilegen

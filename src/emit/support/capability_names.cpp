// SPDX-License-Identifier: Apache-2.0
#include "support/capability_names.h"

#include <algorithm>

namespace profilegen {

std::vector<std::string> named_capabilities(const Profile& profile) {
  std::vector<std::string> names;
  for (const std::string& name : profile.capabilities)
    if (!name.starts_with('#')) names.push_back(name);
  return names;
}

std::string apparmor_capability(std::string name) {
  std::ranges::transform(name, name.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return name;
}

}  // namespace profilegen

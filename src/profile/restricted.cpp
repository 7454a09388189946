// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "profilegen/profile_parts.h"

namespace profilegen {

void add_restricted(std::map<std::string, Ownership>& restricted, const std::string& path, const Ownership& owned) {
  const auto [place, is_new] = restricted.try_emplace(path, owned);
  if (!is_new) place->second = std::min(place->second, owned);
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "files/condense_places.h"

#include <algorithm>
#include <array>

#include "profilegen/paths.h"

namespace profilegen {

bool may_be_opened(const std::string& directory) {
  constexpr std::array<std::string_view, 6> guarded = {"/etc", "/root", "/home", "/proc", "/sys", "/dev"};
  if (parent_directory(directory) == "/") return false;
  return std::ranges::none_of(guarded, [&](std::string_view place) { return is_at_or_below(directory, place); });
}

}  // namespace profilegen

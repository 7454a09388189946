// SPDX-License-Identifier: Apache-2.0
// Chooses the directories that must be writable.
#pragma once

#include <map>
#include <set>
#include <string>

#include "holes/written.h"

namespace profilegen {

struct HolePlaces {
  std::set<std::string> places;
  std::string root_reason;  ///< not empty: "/" itself must be writable, and there are no places
};

/// Directories that cover all writes; none of them is below another one.
HolePlaces choose_places(const std::map<std::string, Writes>& writes);

}  // namespace profilegen

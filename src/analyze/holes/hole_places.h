// SPDX-License-Identifier: Apache-2.0
// Which directories are opened for writing.
#pragma once

#include <map>
#include <set>
#include <string>

#include "holes/written.h"

namespace profilegen {

struct HolePlaces {
  std::set<std::string> places;
  std::string root_reason;  ///< not empty: "/" itself has to be writable, and there are no places
};

/// Directories that cover all of the writes, none of them below another one.
HolePlaces choose_places(const std::map<std::string, Writes>& writes);

}  // namespace profilegen

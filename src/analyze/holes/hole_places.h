// SPDX-License-Identifier: Apache-2.0
// Chooses the directories that must be writable.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "holes/written.h"

namespace profilegen {

struct HolePlaces {
  std::set<std::string> places;
  std::string root_reason;  ///< not empty: "/" itself must be writable, and there are no places
};

/// Whether docker.flags can name the path.
bool can_be_a_flag(std::string_view path);

/// Directories that cover all writes; none of them is below another one.
/// `own`: directories that are holes themselves although the program makes them.
HolePlaces choose_places(const std::map<std::string, Writes>& writes, const std::set<std::string>& own);

}  // namespace profilegen

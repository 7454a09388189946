// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string_view>

#include "profilegen/profile.h"

namespace profilegen {

/// "app", "runtime", "app runtime", or "unknown" when the set is empty.
std::string_view needed_by_text(const std::set<NeededBy>& who);
std::optional<std::set<NeededBy>> needed_by_from_text(std::string_view text);

}  // namespace profilegen

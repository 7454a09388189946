// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "profilegen/profile.h"

namespace profilegen {

/// "app", "runtime", "app runtime", "companion: REASON", or "unknown" when the set is empty.
std::string needed_by_text(const std::set<NeededBy>& who, std::string_view call);
/// Of a companion the reason may differ: it is this version's own that is written.
std::optional<std::set<NeededBy>> needed_by_from_text(std::string_view text);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace profilegen {

/// An AppArmor pattern as the operator's form takes it: letters, digits, "_./*?+@-" and @{pid}. Any other character
/// becomes "?", and a number that begins with a digit "?*".
std::string armor_path(std::string_view pattern);

/// Whether some path may match both patterns. Only what stands before their first globs is compared, so two that have
/// nothing in common may be said to overlap, too.
bool may_overlap(std::string_view one, std::string_view other);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace profilegen::diff {

/// Whether `wide` matches every path that `narrow` does, both AppArmor patterns (apparmor.d(5)). False when that can't
/// be seen from the patterns alone: then a change is told that may be none, never the other way round.
bool covers(std::string_view wide, std::string_view narrow);

}  // namespace profilegen::diff

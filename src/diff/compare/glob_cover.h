// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace profilegen::diff {

/// What is before all that may stand for something else. A pattern covers only those whose literal part begins with its
/// own, but for some that are written in another way.
std::string_view literal_part(std::string_view pattern);

/// Whether `wide` matches every path that `narrow` does, both AppArmor patterns (apparmor.d(5)). False when that can't
/// be seen from the patterns alone: then a change is told that may be none, never the other way round.
bool covers(std::string_view wide, std::string_view narrow);

}  // namespace profilegen::diff

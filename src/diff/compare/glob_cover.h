// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace profilegen::diff {

/// The part of a pattern before its first special character. A pattern can cover only patterns whose literal part
/// begins with its own, apart from other spellings of the same path.
std::string_view literal_part(std::string_view pattern);

/// Whether `wide` matches every path that `narrow` matches; both are AppArmor patterns (apparmor.d(5)). false when that
/// can't be decided from the patterns alone: then a change may be reported that is none, but none is missed.
bool covers(std::string_view wide, std::string_view narrow);

}  // namespace profilegen::diff

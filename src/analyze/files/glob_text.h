// SPDX-License-Identifier: Apache-2.0
// A path in which some parts may vary. Until it is written out as an AppArmor pattern it is the path's own bytes with
// marks in it; a mark begins with NUL, which no path holds. So no rule ever mistakes a file called "[0-9]*" for a
// pattern.
#pragma once

#include <string>
#include <string_view>

namespace profilegen {

inline constexpr char kMark = '\0';
inline constexpr std::string_view kNumberMark{"\0n", 2};  ///< "[0-9]*"
inline constexpr std::string_view kAnyMark{"\0s", 2};     ///< "*"
inline constexpr std::string_view kDeepMark{"\0t", 2};    ///< "**"

/// The AppArmor pattern, to be put between double quotes:
///  - marks become their globs; a digit can't be repeated there, so a number is "a digit, then anything but a slash";
///  - * ? [ ] { } ^ and " get a backslash. Escaped braces also keep "@{" from being a variable;
///  - control characters, bytes that are no UTF-8 and the backslash become "\ooo" (octal), which apparmor_parser reads
///    back. It takes "\\" too, but not where a quote follows.
std::string render_pattern(std::string_view text);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// A path in which some parts may vary. Until it is written out as an AppArmor pattern, it is the path's own bytes with
// marks in between. A mark begins with NUL, which no path contains, so a file that is really called "[0-9]*" is never
// taken for a pattern.
#pragma once

#include <string>
#include <string_view>

namespace profilegen {

inline constexpr char kMark = '\0';
inline constexpr std::string_view kNumberMark{"\0n", 2};  ///< "[0-9]*"
inline constexpr std::string_view kAnyMark{"\0s", 2};     ///< "*"
inline constexpr std::string_view kDeepMark{"\0t", 2};    ///< "**"

/// The AppArmor pattern, to be put between double quotes:
///   - marks become globs. AppArmor can't repeat a digit, so a number is "a digit, then anything but a slash";
///   - * ? [ ] { } ^ and " get a backslash. Escaped braces also keep "@{" from being a variable;
///   - control characters, the backslash, and bytes that are not UTF-8 become "\ooo" (octal), which apparmor_parser
///     decodes. It accepts "\\" too, but not before a quote.
std::string render_pattern(std::string_view text);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// Bytes from the kernel (paths, program names, arguments) as text for JSON, without loss in either direction.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace profilegen {

/// A backslash becomes `\\`, a byte that is not part of valid UTF-8 becomes `\xHH` (lower case); all else stays as it
/// is.
std::string path_to_text(std::string_view path);

/// A character at the start of a text, or one byte that is not UTF-8.
struct TextCharacter {
  size_t length = 0;  ///< in bytes
  uint32_t code = 0;  ///< Unicode's number; 0 where the byte is not UTF-8
  /// Whether people may see it as it is: no control character (U+0000 to U+001F, U+007F to U+009F), no separator of
  /// lines, none that changes the direction of writing, and valid UTF-8.
  bool shown = false;
};
/// Of a text that is not empty.
TextCharacter first_character(std::string_view text);
bool is_all_shown(std::string_view text);

/// The inverse. nullopt for a text that path_to_text() never writes, so that each path has exactly one text.
std::optional<std::string> path_from_text(std::string_view text);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// Bytes of the kernel (paths, program names, arguments) as text for JSON, lossless both ways.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace profilegen {

/// A backslash becomes `\\`, a byte that is not part of valid UTF-8 becomes `\xHH` (small letters); all else stays.
std::string path_to_text(std::string_view path);

/// The inverse. nullopt for text that path_to_text never writes, so that one path has one text.
std::optional<std::string> path_from_text(std::string_view text);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// Bytes from the kernel (paths, program names, arguments) as text for JSON, without loss in either direction.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace profilegen {

/// A backslash becomes `\\`, a byte that is not part of valid UTF-8 becomes `\xHH` (lower case); all else stays as it
/// is.
std::string path_to_text(std::string_view path);

/// The inverse. nullopt for a text that path_to_text() never writes, so that each path has exactly one text.
std::optional<std::string> path_from_text(std::string_view text);

}  // namespace profilegen

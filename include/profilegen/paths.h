// SPDX-License-Identifier: Apache-2.0
// Absolute paths as text: nothing here looks at a file system.
#pragma once

#include <string>
#include <string_view>

namespace profilegen {

/// "/a/b" → "/a"; "/a" and "/" → "/".
std::string parent_directory(std::string_view path);
/// Below `directory`, at any depth; not the directory itself.
bool is_below(std::string_view path, std::string_view directory);
bool is_at_or_below(std::string_view path, std::string_view directory);

}  // namespace profilegen

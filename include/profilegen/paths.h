// SPDX-License-Identifier: Apache-2.0
// Functions on absolute paths as text: they never look at a file system.
#pragma once

#include <string>
#include <string_view>

namespace profilegen {

/// "/a/b" → "/a"; "/a" and "/" → "/".
std::string parent_directory(std::string_view path);
/// Whether the path is below `directory`, at any depth; false for the directory itself.
bool is_below(std::string_view path, std::string_view directory);
/// Whether the path is `directory` or below it.
bool is_at_or_below(std::string_view path, std::string_view directory);

/// Whether the path is Python's compiled copy of a module, or a directory of such copies. Python makes them where it
/// can and does without where it can't.
bool is_python_bytecode(std::string_view path);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// Handles paths as text, without looking at any file.
#pragma once

#include <string>

namespace profilegen {

/// Removes ".", ".." and repeated slashes.
std::string fold_path(const std::string& path);

/// True if `path` is `directory` or is below it.
bool lies_under(const std::string& path, const std::string& directory);

/// The directory that contains `path`; "/" for "/".
std::string parent_of(const std::string& path);

}  // namespace profilegen

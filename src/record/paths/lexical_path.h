// SPDX-License-Identifier: Apache-2.0
// Paths as text: no file is looked at.
#pragma once

#include <string>

namespace profilegen {

/// Folds ".", ".." and repeated slashes.
std::string fold_path(const std::string& path);

/// True when `path` is `directory` or lies below it.
bool lies_under(const std::string& path, const std::string& directory);

/// The directory that a path lies in; "/" for "/".
std::string parent_of(const std::string& path);

}  // namespace profilegen

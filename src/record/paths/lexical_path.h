// SPDX-License-Identifier: Apache-2.0
// Handles paths as text, without looking at any file.
#pragma once

#include <string>

namespace profilegen {

/// Removes ".", ".." and repeated slashes.
std::string fold_path(const std::string& path);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "profilegen/result.h"

namespace profilegen::cli {

using Artifacts = std::vector<std::pair<std::string, std::string>>;  ///< file name, text

/// Replaces the bundle in `directory` file by file, each of them whole. Creates the directory if its parent exists.
/// Removes files of an older bundle that this one does not have: stale flags beside a new filter would be believed.
Status write_bundle(const std::string& directory, const Artifacts& artifacts);

}  // namespace profilegen::cli

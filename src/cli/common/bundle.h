// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "profilegen/result.h"

namespace profilegen::cli {

using Artifacts = std::vector<std::pair<std::string, std::string>>;  ///< file name, text

/// Replaces the bundle in `directory`, which is made if its parent exists, file by file and each of them whole. What an
/// older bundle has and this one has not is removed: stale flags beside a new filter would be believed.
Status write_bundle(const std::string& directory, const Artifacts& artifacts);

}  // namespace profilegen::cli

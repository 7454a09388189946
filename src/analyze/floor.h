// SPDX-License-Identifier: Apache-2.0
// What an OCI runtime calls between loading the filter and the entrypoint's execve: profiles/floors.json.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "profilegen/result.h"

namespace profilegen {

struct RuntimeFloor {
  std::set<std::string> margin;  ///< shows in some runs only: added to what was recorded
  std::set<std::string> floor;   ///< measured elsewhere: for a container whose runtime's calls could not be seen
};

/// nullopt for a runtime without a floor.
std::optional<RuntimeFloor> find_floor(const std::string& runtime);
/// The same, with an error that names the runtimes that have one. `object` is what the error is about.
Result<RuntimeFloor> require_floor(const std::string& runtime, const std::string& object);

}  // namespace profilegen

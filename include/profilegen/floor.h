// SPDX-License-Identifier: Apache-2.0
// What an OCI runtime calls between loading the filter and the entrypoint's execve: profiles/floors/, one file for each
// version that was measured, and profiles/margins.json.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "profilegen/result.h"

namespace profilegen {

struct MeasuredCalls {
  std::set<std::string> plain;  ///< without no-new-privileges
  std::set<std::string> no_new_privileges;
};

struct RuntimeFloor : MeasuredCalls {
  std::set<std::string> margin;  ///< shows in some runs only: added to what was recorded or measured
  /// False where the version is newer than all that were measured: then `plain` and `no_new_privileges` are empty.
  bool measured = false;
};

/// Of that version and all newer ones: of measured ones, the newest that is not newer than it, and those after it.
/// Without a version, of all. nullopt for a runtime that none was measured of. `version` is as the runtime says it,
/// e.g. "1.1.5+ds1".
std::optional<RuntimeFloor> find_floor(const std::string& runtime, const std::string& version);

/// For a runtime as a user names it: "runc" (all versions), "runc>=1.1". Fails for one without a floor, and names those
/// that have one; `object` is what the error is about.
Result<RuntimeFloor> require_floor(std::string_view request, const std::string& object);

/// The name of a runtime with what one version of it calls, for each version that was measured.
std::vector<std::pair<std::string, MeasuredCalls>> measured_versions();

}  // namespace profilegen

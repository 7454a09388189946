// SPDX-License-Identifier: Apache-2.0
// What an OCI runtime calls between loading the filter and the entrypoint's execve: profiles/floors/, one file for each
// version that was measured, and profiles/margins.json.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "profilegen/profile.h"
#include "profilegen/result.h"

namespace profilegen {

struct RuntimeFloor {
  std::set<std::string> margin;  ///< shows in some runs only: added to what was recorded or measured
  std::set<std::string> plain;   ///< without no-new-privileges
  std::set<std::string> no_new_privileges;
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
/// The runtime that it is about, without the version.
std::string requested_runtime(std::string_view request);

/// As the runtime's own, those of them that the architecture has.
void add_runtime_calls(const std::set<std::string>& names, Arch arch, Profile& profile);

/// Of `Profile::runtime`.
std::set<std::string> split_runtimes(std::string_view list);

/// To a profile with no-new-privileges, what its runtimes call without: for one that will be without.
void add_plain_floors(Profile& profile);

}  // namespace profilegen

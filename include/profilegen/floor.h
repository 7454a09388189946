// SPDX-License-Identifier: Apache-2.0
// The floor of an OCI runtime: the calls that it makes between loading the filter and the entrypoint's execve. From
// profiles/floors/, one file for each measured version, and profiles/margins.json.
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
  std::set<std::string> plain;  ///< calls made without no-new-privileges
  std::set<std::string> no_new_privileges;
};

struct RuntimeFloor : MeasuredCalls {
  std::set<std::string> margin;  ///< calls made in some runs only: added to what was recorded or measured
  /// False: the version is newer than all measured ones; then `plain` and `no_new_privileges` are empty.
  bool measured = false;
};

/// The floor for a version and all newer ones: joins the newest measured version that is not newer than it, and all
/// measured ones after that. Without a version, all are joined. nullopt when no version of the runtime was measured.
/// `version` is what the runtime prints, e.g. "1.1.5+ds1".
std::optional<RuntimeFloor> find_floor(const std::string& runtime, const std::string& version);

/// The floor for a runtime as a user names it: "runc" (all versions) or "runc>=1.1". Fails when there is none, and
/// names the runtimes that have one; `object` is what the error is about.
Result<RuntimeFloor> require_floor(std::string_view request, const std::string& object);

/// One way in which a measured version was made to start a program.
struct MeasuredCase {
  std::string name;  ///< "run, another user", "exec, root, with a terminal"
  bool no_new_privileges = false;
  std::set<std::string> calls;
};

struct MeasuredVersion {
  std::string runtime;
  std::string version;                ///< "1.1.5"
  std::set<std::string> dispensable;  ///< it starts a container without these, always or at times
  std::vector<MeasuredCase> cases;
};

/// Every measured version, sorted by runtime, older ones first.
std::vector<MeasuredVersion> measured_versions();
/// Those that a profile for this runtime has the calls of, see find_floor().
std::vector<MeasuredVersion> measured_versions(const std::string& runtime, const std::string& version);

}  // namespace profilegen

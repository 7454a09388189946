// SPDX-License-Identifier: Apache-2.0
// trace → profile.
#pragma once

#include <map>
#include <set>
#include <string>

#include "profilegen/profile.h"
#include "profilegen/trace.h"

namespace profilegen {

struct AnalyzeOptions {
  /// OCI runtimes that the container shall start under, beside the one that it was recorded with and its newer
  /// versions: "runc" (all versions that were measured) or "runc>=1.1". What each is known to call itself is added. For
  /// a process tree, or a container whose runtime's calls could not be seen, these only.
  std::set<std::string> runtimes;
  /// Calls such as socket, prctl and ioctl only with the arguments that they were made with. Without it that holds for
  /// the new namespaces of clone alone.
  bool arguments = false;
  /// For containers that are run without no-new-privileges, whatever they executed.
  bool new_privileges = false;
};

/// Fails for an unknown runtime. Loss and marks are put into `incomplete`; whether to refuse is the caller's choice.
Result<Profile> analyze(const Trace& trace, const AnalyzeOptions& options);

/// Capabilities that were asked for and denied where it made a difference: by a check that does not merely ask, and
/// that no wider capability made good for.
std::map<CapabilityKey, CapabilityFact> denied_capabilities(const Trace& trace);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// Turns a trace into a profile.
#pragma once

#include <map>
#include <set>
#include <string>

#include "profilegen/profile.h"
#include "profilegen/trace.h"

namespace profilegen {

struct AnalyzeOptions {
  /// OCI runtimes under which the container shall start, in addition to the recorded one and its newer versions: "runc"
  /// (all measured versions) or "runc>=1.1". The profile allows the calls that each of them makes itself. These are the
  /// only ones for a process tree, and for a container whose runtime's calls could not be seen.
  std::set<std::string> runtimes;
  /// Allow calls such as socket, prctl and ioctl only with the arguments that were recorded. Without it only the
  /// CLONE_NEW* flags of clone are limited so.
  bool arguments = false;
  /// The containers will run without no-new-privileges, whatever programs they executed.
  bool new_privileges = false;
};

/// Fails for an unknown runtime. Losses and marks are put into `incomplete`; the caller decides whether to refuse such
/// a profile.
Result<Profile> analyze(const Trace& trace, const AnalyzeOptions& options);

/// Capabilities that were asked for and denied, where the denial made a difference: the check was an audited one, and
/// no wider capability was granted in its place.
std::map<CapabilityKey, CapabilityFact> denied_capabilities(const Trace& trace);

/// A file below this place that some run left there at its end, although it may not be lost at a stop; "" if none was.
std::string kept_file(const Trace& trace, const std::string& place);

}  // namespace profilegen

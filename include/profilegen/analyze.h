// SPDX-License-Identifier: Apache-2.0
// trace → profile.
#pragma once

#include <string>

#include "profilegen/profile.h"
#include "profilegen/trace.h"

namespace profilegen {

struct AnalyzeOptions {
  /// OCI runtime whose floor is added for a process tree or an unconfined container ("runc", "crun"); empty: none.
  std::string runtime;
};

/// Fails for an unknown runtime. Loss and marks are put into `incomplete`; whether to refuse is the caller's choice.
Result<Profile> analyze(const Trace& trace, const AnalyzeOptions& options);

}  // namespace profilegen

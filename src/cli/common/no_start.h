// SPDX-License-Identifier: Apache-2.0
// Why no container started under a policy.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "profilegen/lint.h"
#include "profilegen/result.h"

namespace profilegen::cli {

/// The runtime that the engine uses for this command: the one that COMMAND names, or that the engine's messages name,
/// or the engine's default, for which it is asked. Empty if that is not known.
std::string used_runtime(const std::vector<std::string>& command, const std::string& messages);

struct NoStart {
  std::vector<LintFinding> findings;  ///< what the filter refuses of the runtime's own calls, if that explains it
  Error error;                        ///< one line; without an object
};
/// The engine's own message comes first. The filter is blamed only if the message names no other cause. `request` is
/// the filter; its runtimes do not count. Fails when the filter can't be read.
Result<NoStart> explain_no_start(LintRequest request, const std::string& runtime, const std::string& messages);

}  // namespace profilegen::cli

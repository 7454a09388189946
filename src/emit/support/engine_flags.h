// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "profilegen/emitter.h"

namespace profilegen {

/// What `docker run` and `podman run` take in different ways.
struct EngineWays {
  std::string file;
  std::string_view read_only;  ///< lines that make the root file system read-only and nothing writable
  std::string (*tmpfs)(const Hole&);
};

/// The flags of either, one a line, for use as `run $(cat FILE) IMAGE`: there is no quoting, and an error where it were
/// needed.
Result<std::string> engine_flags(const EmitInput& input, const EngineWays& ways);

/// DIR/seccomp.json, with DIR as it was given.
std::string seccomp_path(const EmitInput& input);

}  // namespace profilegen

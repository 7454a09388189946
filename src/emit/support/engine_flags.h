// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "profilegen/emitter.h"

namespace profilegen {

/// Where the flags of `docker run` and `podman run` differ.
struct EngineWays {
  std::string file;
  /// Flags, one a line, that make the root file system read-only and leave nothing writable.
  std::string_view read_only;
  std::string (*tmpfs)(const Hole&);
};

/// The flags for the engine, one a line, for use as `run $(cat FILE) IMAGE`. Nothing can be quoted there, so a word
/// that would need quotes is an Error.
Result<std::string> engine_flags(const EmitInput& input, const EngineWays& ways);

/// DIR/seccomp.json, with DIR as the user gave it.
std::string seccomp_path(const EmitInput& input);

}  // namespace profilegen

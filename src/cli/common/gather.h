// SPDX-License-Identifier: Apache-2.0
// All inputs of a command, joined by kind.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "profilegen/analyze.h"
#include "profilegen/profile.h"
#include "profilegen/trace.h"

namespace profilegen::cli {

/// Of each kind the joined value and the name of the first input, which errors about the kind are told of.
template <typename T>
struct Joined {
  std::string object;
  T value;
};

struct Gathered {
  std::optional<Joined<Trace>> trace;
  std::optional<Joined<Profile>> profile;
  std::optional<Joined<std::string>> seccomp;  ///< the text of the last one; no command joins several
};

Result<Gathered> gather(const std::vector<std::string>& arguments);

/// Traces analyzed, then merged with the profiles. There must be one or the other.
Result<Profile> profile_of(const Gathered& gathered, const AnalyzeOptions& options);

}  // namespace profilegen::cli

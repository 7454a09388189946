// SPDX-License-Identifier: Apache-2.0
// Reads all inputs of a command and merges them by kind.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "profilegen/analyze.h"
#include "profilegen/profile.h"
#include "profilegen/trace.h"

namespace profilegen::cli {

/// The merged inputs of one kind, and the name of the first, which errors about this kind name.
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

/// Analyzes the trace and merges the result with the profile. At least one of the two must be there.
Result<Profile> profile_of(const Gathered& gathered, const AnalyzeOptions& options);

}  // namespace profilegen::cli

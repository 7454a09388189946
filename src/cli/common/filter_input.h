// SPDX-License-Identifier: Apache-2.0
// A seccomp filter as it is given on the command line: by itself, or as a part of a policy of ours.
#pragma once

#include <optional>
#include <string>

#include "profilegen/lint.h"
#include "profilegen/profile.h"
#include "profilegen/result.h"

namespace profilegen::cli {

struct FilterInput {
  std::string object;              ///< the path, or "standard input"
  std::string text;                ///< the filter as JSON
  std::optional<Profile> profile;  ///< of a bundle or a profile
};
/// Reads plain seccomp JSON, a SeccompProfile, a profile or a bundle. Of a bundle it takes seccomp.json as it is,
/// because people edit it.
Result<FilterInput> read_filter(const std::string& argument);

/// What lint is asked: a profile says under which runtimes and with which capabilities its containers run, and whether
/// they have no-new-privileges. Of a filter alone that is not known, and capabilities are Docker's default ones.
LintRequest request_of(const FilterInput& input);

}  // namespace profilegen::cli

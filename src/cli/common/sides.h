// SPDX-License-Identifier: Apache-2.0
// The two sides of a comparison, as they are given on the command line.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "profilegen/diff.h"
#include "profilegen/profile.h"
#include "profilegen/result.h"

namespace profilegen::cli {

/// A trace, profile, bundle or plain seccomp file. A seccomp file is compiled later, when the capabilities are known.
struct Side {
  std::string object;
  std::optional<Profile> profile;
  std::optional<std::string> seccomp;
};
Result<Side> load_side(const std::string& argument);

struct Gate {
  FailOn fail_on;
  std::vector<Exemption> exemptions;
  std::string exemptions_object;
};
/// Compares the sides, with today's date for the exemptions. The notes tell what the comparison does not show.
Result<DiffReport> compare_sides(const Side& before, const Side& after, const Gate& gate);

}  // namespace profilegen::cli

// SPDX-License-Identifier: Apache-2.0
// The two sides of a comparison, as they are given on the command line.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "profilegen/diff.h"
#include "profilegen/profile.h"
#include "profilegen/result.h"
#include "profilegen/seccomp_manifest.h"

namespace profilegen::cli {

/// A trace, profile, bundle or plain seccomp file. A seccomp file is compiled later, when the capabilities are known. A
/// bundle has both, if its filter is not what its profile is emitted as.
struct Side {
  std::string object;
  std::optional<Profile> profile;
  std::optional<std::string> seccomp;
  std::string engine{};  ///< of a trace, if all its runs had the same; else empty
  BundleFlagWords flags{};
};
Result<Side> load_side(const std::string& argument);

/// How seccomp files are read.
struct Reading {
  std::string engine;                ///< whose way to read them; empty: that of a trace on the other side
  std::vector<NamedFilter> bases{};  ///< base profiles that they may name
};

struct Gate {
  FailOn fail_on;
  std::vector<Exemption> exemptions;
  std::string exemptions_object;
};
/// Compares the sides, with today's date for the exemptions. The notes tell what the comparison does not show.
Result<DiffReport> compare_sides(const Side& before, const Side& after, const Gate& gate, const Reading& reading = {});

}  // namespace profilegen::cli

// SPDX-License-Identifier: Apache-2.0
// The rungs of the hook ladder that this kernel can load.
#pragma once

#include <catch2/catch.hpp>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "profilegen/ladder.h"
#include "support/recorded.h"

inline constexpr profilegen::Rung kRungs[] = {
#define RUNG(fact, name, trial, subject, programs, hooks, blind) {#fact, #name, hooks, blind, programs},
#include "profilegen/rungs.def"
#undef RUNG
};

/// The rung in the syntax of `--hooks`.
inline std::string rung_name(const profilegen::Rung& rung) {
  return std::string(rung.fact) + "=" + std::string(rung.name);
}

/// The usable rungs of a fact; each other one is printed once. Leaves out the last resorts for kernels that skip
/// programs ("…_skipped"): they are incomplete there, and say so.
inline const std::vector<profilegen::Rung>& usable_rungs(const std::string& fact) {
  static std::map<std::string, std::vector<profilegen::Rung>> known;
  if (known.contains(fact)) return known[fact];
  const Scratch scratch;
  std::vector<profilegen::Rung>& usable = known[fact];
  for (const profilegen::Rung& rung : kRungs) {
    if (rung.fact != fact || rung.name.ends_with("_skipped")) continue;
    const std::string name = rung_name(rung);
    const Outcome probe = scratch.profilegen({"record", "--quiet", "--hooks", name, "-o", "probe.json", "--", "true"});
    if (probe.status == 0) {
      usable.push_back(rung);
    } else {
      CHECK(probe.err.find(": can't be used here; ") != std::string::npos);  // any other error is a failure
      std::cout << "this kernel does not load " << name << "\n";
    }
  }
  return usable;
}

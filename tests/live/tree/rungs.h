// SPDX-License-Identifier: Apache-2.0
// The rungs of the hook ladder that this kernel loads.
#pragma once

#include <catch2/catch.hpp>
#include <iostream>
#include <string>
#include <vector>

#include "profilegen/hooks.h"
#include "support/recorded.h"

inline constexpr profilegen::Rung kRungs[] = {
#define RUNG(fact, name, trial, subject, programs, hooks, blind) {#fact, #name, hooks, blind, programs},
#include "profilegen/rungs.def"
#undef RUNG
};

/// As `--hooks` takes it.
inline std::string rung_name(const profilegen::Rung& rung) {
  return std::string(rung.fact) + "=" + std::string(rung.name);
}

/// Those of a fact that can be used here; the others are told, once each.
inline std::vector<profilegen::Rung> usable_rungs(std::string_view fact) {
  const Scratch scratch;
  std::vector<profilegen::Rung> usable;
  for (const profilegen::Rung& rung : kRungs) {
    if (rung.fact != fact) continue;
    const std::string name = rung_name(rung);
    const Outcome probe =
        scratch.profilegen({"record", "--quiet", "--hooks", name, "-o", "probe.json", "--", "true"});
    if (probe.status == 0) {
      usable.push_back(rung);
    } else {
      CHECK(probe.err.find(": can't be used here; ") != std::string::npos);  // else it should have been loaded
      static std::set<std::string> told;
      if (told.insert(name).second) std::cout << "this kernel does not load " << name << "\n";
    }
  }
  return usable;
}

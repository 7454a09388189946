// SPDX-License-Identifier: Apache-2.0
// The hook ladder: for each kind of fact the ways to record it, and which of them this kernel lets us use.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "profilegen/result.h"

namespace profilegen {

/// One way to record one kind of fact. A line of rungs.def.
struct Rung {
  std::string_view fact;
  std::string_view name;
  std::string_view hooks;     ///< as people know them
  std::string_view blind;     ///< what they cannot see; empty when nothing is known to be missed
  std::string_view programs;  ///< those of the kernel part that only this rung needs, separated by blanks
};
/// All of them; those of one fact follow each other, the best first.
std::span<const Rung> rungs();

struct Refusal {
  const Rung* rung;
  std::string reason;
};

/// What is used for one kind of fact.
struct HookChoice {
  std::string_view fact;
  const Rung* rung = nullptr;      ///< nullptr: nothing that this kernel loads
  std::vector<Refusal> refused{};  ///< better rungs, and why they can't be used
};

/// Fact → name of its rung, for those that the user insists on.
using ForcedRungs = std::map<std::string, std::string, std::less<>>;
/// "capabilities=kprobe" each, or several separated by commas.
Result<ForcedRungs> parse_forced_rungs(const std::vector<std::string>& words);

/// Whether a rung can be used here; the error's text is the reason why not.
using RungTrial = std::function<Status(const Rung&)>;
/// The first rung of each fact that passes its trial. Fails when a forced one doesn't.
Result<std::vector<HookChoice>> choose_rungs(const ForcedRungs& forced, const RungTrial& trial);

}  // namespace profilegen

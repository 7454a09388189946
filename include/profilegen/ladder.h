// SPDX-License-Identifier: Apache-2.0
// The hook ladder: the ways ("rungs") to record each kind of fact, and which of them can be used on this kernel.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "profilegen/result.h"

namespace profilegen {

/// One way to record one kind of fact: a line of rungs.def.
struct Rung {
  std::string_view fact;
  std::string_view name;
  std::string_view hooks;     ///< the hooks' usual names
  std::string_view blind;     ///< what this rung cannot see; empty when it is not known to miss anything
  std::string_view programs;  ///< programs of the kernel part that only this rung needs, separated by blanks
};
/// All rungs. Those of one fact stand together, the best first.
std::span<const Rung> rungs();

struct Refusal {
  const Rung* rung;
  std::string reason;
};

/// The rung that is used for one kind of fact.
struct HookChoice {
  std::string_view fact;
  const Rung* rung = nullptr;      ///< nullptr: this kernel loads none
  std::vector<Refusal> refused{};  ///< better rungs, and why they can't be used
};

/// Fact → name of the rung that the user demands for it.
using ForcedRungs = std::map<std::string, std::string, std::less<>>;
/// Each word is "capabilities=kprobe", or several such separated by commas.
Result<ForcedRungs> parse_forced_rungs(const std::vector<std::string>& words);

/// Tries whether a rung can be used here; the Error says why it can't.
using RungTrial = std::function<Status(const Rung&)>;
/// Chooses for each fact the first rung that passes its trial. Fails when a forced rung does not pass.
Result<std::vector<HookChoice>> choose_rungs(const ForcedRungs& forced, const RungTrial& trial);

}  // namespace profilegen

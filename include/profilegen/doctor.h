// SPDX-License-Identifier: Apache-2.0
// Finds out whether this user can record on this machine, and what is lost where something is missing.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "profilegen/ladder.h"
#include "profilegen/result.h"

namespace profilegen {

enum class Health {
  ok,
  limited,  ///< recording works, but something is lost
  missing,  ///< nothing can be recorded
  absent,   ///< not present, and nothing is lost by that
  unknown,  ///< could not be determined
};
std::string_view health_name(Health health);  ///< "ok", "limited", …

struct Finding {
  std::string section;  ///< "kernel", "hooks", "user", "settings", "cgroups", "engines" or "runtimes"
  std::string name;     ///< what was looked at; unique within its section
  Health health = Health::ok;
  std::string value;   ///< what was found
  std::string lost;    ///< what is lost because of it; not empty when limited or missing
  std::string remedy;  ///< how to get it
  bool operator==(const Finding&) const = default;
};

enum class Verdict { yes, yes_but, no };
std::string_view verdict_name(Verdict verdict);  ///< "yes", "yes-but", "no"

struct Diagnosis {
  std::vector<Finding> findings;  ///< by section, in the order in which they are shown
  Verdict verdict = Verdict::yes;
  std::string next;  ///< the command to run next
};

/// Where to look. All that differs between machines is in here, so that tests can put another machine in place of this
/// one.
struct Machine {
  std::string proc = "/proc";
  std::string sys = "/sys";
  std::string arch;                                   ///< uname -m
  std::string preempt_modes{};                        ///< the text of debugfs's sched/preempt; may be empty
  std::function<bool(const std::string&)> installed;  ///< whether a program of this name is in PATH
  /// Runs a program and returns its output, or an Error that says why there is none.
  std::function<Result<std::string>(const std::vector<std::string>&)> output;
};
Machine this_machine();

/// The result of loading and attaching everything as a recording does.
struct Trial {
  Result<std::vector<HookChoice>> hooks;  ///< the hooks that would be used, and why better ones can't be
  std::string containers;                 ///< why only process trees can be recorded; empty when containers can be, too
};
Trial try_recording();

Diagnosis examine(const Machine& machine, const Trial& trial);

}  // namespace profilegen

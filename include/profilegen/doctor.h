// SPDX-License-Identifier: Apache-2.0
// What this machine and this user allow: can it be recorded here, and what is lost where something is missing.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "profilegen/ladder.h"
#include "profilegen/result.h"

namespace profilegen {

enum class Health {
  ok,
  limited,  ///< recording works, and something is lost
  missing,  ///< nothing can be recorded
  absent,   ///< not there, and nothing is lost by it
  unknown,  ///< could not be found out
};
std::string_view health_name(Health health);  ///< "ok", "limited", …

struct Finding {
  std::string section;  ///< "kernel", "hooks", "user", "settings", "cgroups", "engines" or "runtimes"
  std::string name;     ///< of the thing looked at, unique within its section
  Health health = Health::ok;
  std::string value;   ///< what was found
  std::string lost;    ///< what is lost by it; not empty when limited or missing
  std::string remedy;  ///< how to get it
  bool operator==(const Finding&) const = default;
};

enum class Verdict { yes, yes_but, no };
std::string_view verdict_name(Verdict verdict);  ///< "yes", "yes-but", "no"

struct Diagnosis {
  std::vector<Finding> findings;  ///< by section, in the order in which they are shown
  Verdict verdict = Verdict::yes;
  std::string next;  ///< the command to run now
};

/// Where to look. Everything that differs between machines is here, so that any machine can be put in its place.
struct Machine {
  std::string proc = "/proc";
  std::string sys = "/sys";
  std::string arch;                                   ///< uname -m
  std::string preempt_modes{};                        ///< debugfs's sched/preempt; may be empty
  std::function<bool(const std::string&)> installed;  ///< a program of this name is in PATH
  std::function<Result<std::string>(const std::vector<std::string>&)> output;  ///< of a program; an Error tells why not
};
Machine this_machine();

/// What came of loading and attaching everything, as a recording does.
struct Trial {
  Result<std::vector<HookChoice>> hooks;  ///< those that would be used, and why not better ones
  std::string containers;                 ///< why only process trees can be recorded; empty when containers can be, too
};
Trial try_recording();

Diagnosis examine(const Machine& machine, const Trial& trial);

}  // namespace profilegen

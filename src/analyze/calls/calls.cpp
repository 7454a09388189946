// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "profilegen/companions.h"
#include "profilegen/floor.h"
#include "profilegen/lines.h"
#include "profilegen/runtime_calls.h"
#include "steps.h"
#include "subjects.h"

namespace profilegen {
namespace {

// Whether the runtime's calls could be seen. When the container already ran, its runtime had made them before.
bool is_observed(const Run& run) {
  return !run.subject.engine.empty() && run.subject.seccomp_confined && !run.marks.contains(Mark::attached_late);
}

// With no-new-privileges a runtime makes fewer calls, because it can load the filter last.
const std::set<std::string>& calls_with(const RuntimeFloor& floor, const Profile& profile) {
  return profile.no_new_privileges ? floor.no_new_privileges : floor.plain;
}

// Whether the profile may have fewer runtime calls than were seen: it sets no-new-privileges, the recorded container
// did not have it, and the runtime's calls with it have been measured.
bool is_narrowed(const Run& run, const Profile& profile) {
  if (!is_observed(run) || !profile.no_new_privileges || run.subject.no_new_privileges) return false;
  const auto known = find_floor(run.subject.runtime, run.subject.runtime_version);
  return known && known->measured;
}

void add_recorded(const Trace& trace, Profile& profile) {
  RunSet narrowed;
  for (const auto& [id, run] : trace.runs)
    if (is_narrowed(run, profile)) narrowed.insert(id);
  for (const auto& [key, evidence] : trace.syscalls) {
    if (key.phase != Phase::app && evidence.runs.is_within(narrowed)) continue;
    const NeededBy who = key.phase == Phase::app ? NeededBy::app : NeededBy::runtime;
    profile.calls[{key.arch, syscall_label(key.arch, key.number)}].insert(who);
  }
}

void add_floor(const RuntimeFloor& floor, Arch arch, Profile& profile) {
  add_runtime_calls(floor.margin, arch, profile);
  add_runtime_calls(calls_with(floor, profile), arch, profile);
}

// The calls without no-new-privileges of a runtime that is newer than all measured ones, and was recorded with the
// option: those of the measured versions, since it most likely still makes them.
void add_guessed_floor(const Run& run, Profile& profile) {
  if (profile.no_new_privileges || !run.subject.no_new_privileges) return;
  if (const auto known = find_floor(run.subject.runtime, "")) add_floor(*known, run.arch, profile);
}

// For a run whose runtime's calls were seen. Adds what the runtime does not call in every run, and what newer versions
// call, so that an upgrade of the engine does not break the container.
void add_to_observed(const Run& run, Profile& profile) {
  const std::string& runtime = run.subject.runtime;
  if (runtime.empty()) return;
  if (const auto known = find_floor(runtime, run.subject.runtime_version)) {
    add_floor(*known, run.arch, profile);
    if (!known->measured) add_guessed_floor(run, profile);
    return;
  }
  profile.notes.push_back(
      fmt::format("the container runtime {} was never measured, so the policy has only those of its calls that were "
                  "recorded: record several starts, since it may make some of them only now and then",
                  printable(runtime)));
}

// For a run whose runtime's calls could not be seen, when the user named no runtime.
Status add_own_floor(const Run& run, Profile& profile) {
  if (run.subject.engine.empty()) return Done{};  // a process tree has no runtime
  const std::string label = subject_label(run.subject);
  if (run.subject.runtime.empty()) {
    profile.incomplete.push_back(fmt::format(
        "{}: it ran without a filter under an unknown container runtime, whose own calls are missing: name the runtime "
        "with --runtime",
        label));
    return Done{};
  }
  if (const auto own = find_floor(run.subject.runtime, run.subject.runtime_version); own && own->measured) {
    add_floor(*own, run.arch, profile);
    return Done{};
  }
  // A version newer than all measured ones gets the calls of those: it most likely still makes them.
  const auto known = require_floor(run.subject.runtime, "runtime of " + label);
  if (!known) return known.error();
  add_floor(known.value(), run.arch, profile);
  return Done{};
}

// In each table that the application used it may also end; what else it may do depends on its behaviours.
void add_own_companions(const Trace& trace, Profile& profile) {
  std::set<std::pair<std::string_view, Arch>> triggers;
  for (const auto& [key, fact] : trace.syscalls)
    if (key.phase == Phase::app) triggers.emplace(kAlways, key.arch);
  for (const auto& [key, evidence] : trace.behaviours) triggers.emplace(behaviour_name(key.behaviour), key.arch);
  for (const auto& [trigger, arch] : triggers) add_companions(trigger, arch, profile);
}

void note_nameless(Profile& profile) {
  for (const auto& [key, who] : profile.calls) {
    if (!key.name.starts_with('#')) continue;
    profile.notes.push_back(
        fmt::format("the program made call {} of {}, which has no name that a filter's file could use, so it is "
                    "refused: verify tells whether the program goes on without it",
                    key.name, arch_name(key.arch)));
  }
}

}  // namespace

Status add_calls(const Trace& trace, const AnalyzeOptions& options, Profile& profile) {
  std::vector<RuntimeFloor> asked_for;
  for (const std::string& runtime : options.runtimes) {
    const auto floor = require_floor(runtime, "--runtime");
    if (!floor) return floor.error();
    asked_for.push_back(floor.value());
  }
  add_recorded(trace, profile);
  for (const auto& [id, run] : trace.runs) {
    for (const RuntimeFloor& floor : asked_for) add_floor(floor, run.arch, profile);
    if (is_observed(run)) {
      add_to_observed(run, profile);
    } else if (asked_for.empty()) {
      if (Status status = add_own_floor(run, profile); !status) return status;
    }
  }
  add_own_companions(trace, profile);
  note_nameless(profile);
  return Done{};
}

}  // namespace profilegen

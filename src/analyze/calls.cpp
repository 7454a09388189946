// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "floor.h"
#include "lines.h"
#include "steps.h"

namespace profilegen {
namespace {

void add_recorded(const Trace& trace, Profile& profile) {
  for (const auto& [key, evidence] : trace.syscalls) {
    const NeededBy who = key.phase == Phase::app ? NeededBy::app : NeededBy::runtime;
    profile.calls[{key.arch, syscall_label(key.arch, key.number)}].insert(who);
  }
}

void add_runtime_calls(const std::set<std::string>& names, Arch arch, Profile& profile) {
  for (const std::string& name : names) {
    // Not every architecture has every call.
    if (syscall_number(arch, name)) profile.calls[{arch, name}].insert(NeededBy::runtime);
  }
}

// The runtime's calls of this run could be seen; what is missing can only be what a run does not always do.
void add_margin(const Run& run, Profile& profile) {
  const std::string& runtime = run.subject.runtime;
  if (runtime.empty()) return;
  if (const std::optional<RuntimeFloor> known = find_floor(runtime)) {
    add_runtime_calls(known->margin, run.arch, profile);
    return;
  }
  profile.notes.push_back(
      fmt::format("what the runtime {} calls now and then is not known: its calls are only those "
                  "that were recorded",
                  printable(runtime)));
}

Status add_floor(const std::string& runtime, Arch arch, const std::string& object, Profile& profile) {
  const Result<RuntimeFloor> known = require_floor(runtime, object);
  if (!known) return known.error();
  add_runtime_calls(known->margin, arch, profile);
  add_runtime_calls(known->floor, arch, profile);
  return Done{};
}

// The runtime's calls of this run could not be seen, and nobody said which it shall be.
Status add_own_floor(const Run& run, Profile& profile) {
  if (run.subject.engine.empty()) return Done{};  // a process tree has none
  const std::string label = subject_label(run.subject);
  if (!run.subject.runtime.empty()) return add_floor(run.subject.runtime, run.arch, "runtime of " + label, profile);
  profile.incomplete.push_back(fmt::format(
      "run of {}: it ran without a seccomp filter and its runtime is not known, so the runtime's own calls are "
      "missing; name it with --runtime",
      label));
  return Done{};
}

// Who was attached late had its runtime's calls behind it.
bool is_observed(const Run& run) {
  return !run.subject.engine.empty() && run.subject.seccomp_confined && !run.marks.contains(Mark::attached_late);
}

void note_nameless(Profile& profile) {
  for (const auto& [key, who] : profile.calls) {
    if (!key.name.starts_with('#')) continue;
    profile.notes.push_back(
        fmt::format("call {} of {} was made: it cannot be named in OCI seccomp JSON, so it will be "
                    "refused",
                    key.name, arch_name(key.arch)));
  }
}

}  // namespace

Status add_calls(const Trace& trace, const AnalyzeOptions& options, Profile& profile) {
  for (const std::string& runtime : options.runtimes)
    if (const auto known = require_floor(runtime, "--runtime"); !known) return known.error();
  add_recorded(trace, profile);
  for (const auto& [id, run] : trace.runs) {
    for (const std::string& runtime : options.runtimes)
      if (Status status = add_floor(runtime, run.arch, "--runtime", profile); !status) return status;
    if (is_observed(run)) {
      add_margin(run, profile);
    } else if (options.runtimes.empty()) {
      if (Status status = add_own_floor(run, profile); !status) return status;
    }
  }
  note_nameless(profile);
  return Done{};
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// A filter can't look into clone3: its flags lie behind a pointer. Where clone3 was only called as C libraries call it,
// it is answered with ENOSYS, on which they use clone, whose flags a filter does see.
#include <fmt/format.h>

#include <cerrno>

#include "profilegen/arguments.h"
#include "profilegen/clone3.h"
#include "profilegen/companions.h"
#include "profilegen/profile_parts.h"
#include "steps.h"

namespace profilegen {
namespace {

RunSet runs_with(const Trace& trace, Behaviour behaviour, Arch arch) {
  RunSet runs;
  for (const auto& [key, evidence] : trace.behaviours)
    if (key.behaviour == behaviour && key.arch == arch) runs.insert(evidence.runs);
  return runs;
}

std::string table_of(Arch arch, const Profile& profile) {
  return arch == profile.arch ? "" : fmt::format("{} ", arch_name(arch));
}

// The fallback. Each run that would fall back asks for it, so that it does not matter in what order runs are merged.
void let_clone_through(const CallKey& clone, Profile& profile) {
  const bool is_new = !profile.calls.contains(clone);
  const bool is_restricted = profile.arguments.contains(clone);
  add_needed(profile.calls[clone], {NeededBy::app});
  if (is_new || is_restricted) profile.arguments[clone].insert(without_namespaces());
}

void note_kept(const Trace& trace, Arch arch, Profile& profile) {
  const bool makes = !runs_with(trace, Behaviour::NAMESPACE, arch).empty();
  profile.notes.push_back(fmt::format(
      "{}clone3 stays allowed, because {}; a filter can't look into it, so any namespace can be made with it: "
      "nothing to do",
      table_of(arch, profile),
      makes ? "the program makes namespaces with it" : "it is not known whether the program would go on without it"));
}

}  // namespace

bool falls_back_from_clone3(const Trace& trace, Arch arch) {
  const auto number = syscall_number(arch, "clone3");
  const auto made = number ? trace.syscalls.find({Phase::app, arch, *number}) : trace.syscalls.end();
  return made != trace.syscalls.end() && made->second.runs.is_within(runs_with(trace, Behaviour::FALLS_BACK, arch)) &&
         runs_with(trace, Behaviour::NAMESPACE, arch).empty() && runs_with(trace, Behaviour::OWN_CLONE3, arch).empty();
}

void add_clone3(const Trace& trace, Profile& profile) {
  std::set<Arch> arches;
  for (const auto& [key, evidence] : trace.behaviours)
    if (key.behaviour == Behaviour::FALLS_BACK || key.behaviour == Behaviour::NAMESPACE ||
        key.behaviour == Behaviour::OWN_CLONE3)
      arches.insert(key.arch);
  for (const Arch arch : arches) {
    const CallKey clone3{arch, "clone3"};
    const auto allowed = profile.calls.find(clone3);
    if (allowed == profile.calls.end() || allowed->second != std::set<NeededBy>{NeededBy::app}) continue;
    if (!runs_with(trace, Behaviour::FALLS_BACK, arch).empty()) let_clone_through({arch, "clone"}, profile);
    if (!falls_back_from_clone3(trace, arch)) {
      note_kept(trace, arch, profile);
      continue;
    }
    profile.calls.erase(allowed);
    add_answer(profile.answers, clone3, ENOSYS);
    profile.notes.push_back(fmt::format(
        "{}clone3 is refused, because a filter can't see whether it makes a namespace; the program goes on with clone, "
        "of which it can: nothing to do",
        table_of(arch, profile)));
  }
}

}  // namespace profilegen

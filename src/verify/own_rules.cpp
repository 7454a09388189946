// SPDX-License-Identifier: Apache-2.0
#include "own_rules.h"

#include <linux/prctl.h>

#include <algorithm>
#include <array>

#include "profilegen/arguments.h"
#include "profilegen/paths.h"
#include "profilegen/verify.h"

namespace profilegen {
namespace {

/// Whether a program of the application may have loaded a filter of its own.
bool loads_filters(const Trace& run) {
  for (const auto& [key, evidence] : run.syscalls)
    if (key.phase == Phase::app && syscall_label(key.arch, key.number) == "seccomp") return true;
  return std::ranges::any_of(run.arguments, [](const auto& row) {
    const SyscallKey& call = row.first.call;
    return call.phase == Phase::app && syscall_label(call.arch, call.number) == "prctl" &&
           (row.first.values.empty() || row.first.values.front() == PR_SET_SECCOMP);
  });
}

CallArguments places_of(const std::vector<CallArgument>& recorded, const ArgumentValues& values) {
  CallArguments arguments{};
  for (size_t at = 0; at < recorded.size() && at < values.size(); ++at) arguments.at(recorded[at].index) = values[at];
  return arguments;
}

/// Whether the recorded bits decide. Upper halves are not recorded, and are 0 in the arguments that are.
bool decide(const std::vector<CallArgument>& recorded, const std::set<WordComparison>& words) {
  return std::ranges::all_of(words, [&](const WordComparison& word) {
    return std::ranges::any_of(recorded, [&](const CallArgument& argument) {
      return argument.index == word.index && (word.high || (word.mask & ~argument.mask) == 0);
    });
  });
}

/// Only a filter of the program's own can refuse what the container's lets through; without one the runtime's
/// libseccomp is too old to know the call. Of several filters that answer an errno, the last loaded gives it
/// (seccomp_run_filters() in kernel/seccomp.c). So with another errno than the container's filter has, the call was
/// refused without it, too.
bool refuses(const InForce& policy, const DeniedKey& key, const CallArguments& arguments) {
  const SeccompAnswer answer = policy.filter.answer({key.arch, syscall_label(key.arch, key.number)}, arguments);
  const bool as_observed =
      !answer.lets_through() && (answer.action != SeccompAction::error || answer.errnum == key.errnum);
  return as_observed || !loads_filters(policy.run);
}

const Hole* hole_around(const Profile& profile, const std::string& path, const std::string& mount) {
  for (const auto& [place, hole] : profile.holes)
    if (is_below(path, place) && (mount.empty() || is_at_or_below(mount, place))) return &hole;
  return nullptr;
}

const Mount* mount_at(const Trace& run, const std::string& path) {
  for (const auto& [id, one] : run.runs)
    for (const Mount& mount : one.mounts)
      if (mount.path == path) return &mount;
  return nullptr;
}

/// Docker makes these files read-only with the root, Podman the whole of /dev. What else of the engine's is read-only
/// always is: /sys, /proc/sys and the like.
bool follows_the_root(const std::string& path) {
  constexpr std::array<std::string_view, 4> known = {"/dev", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf"};
  return std::ranges::find(known, path) != known.end();
}

}  // namespace

FilterVerdict judge_call(const InForce& policy, const DeniedKey& key, const std::vector<DeniedArguments>& arguments) {
  const CallKey call{key.arch, syscall_label(key.arch, key.number)};
  const std::set<WordComparison> words = policy.filter.comparisons(call);
  if (words.empty()) return {refuses(policy, key, {}), nullptr};
  const auto recorded = recorded_arguments(call.arch, call.name);
  const bool known = std::ranges::any_of(arguments, [&](const DeniedArguments& one) { return one.call == key; });
  if (!known || !decide(recorded, words)) return {};
  for (const DeniedArguments& one : arguments)
    if (one.call == key && refuses(policy, key, places_of(recorded, one.values))) return {true, &one};
  return {false, nullptr};
}

// DAC_OVERRIDE allows all that DAC_READ_SEARCH does.
bool grants(const Profile& profile, const std::string& capability) {
  return profile.capabilities.contains(capability) ||
         (capability == "DAC_READ_SEARCH" && profile.capabilities.contains("DAC_OVERRIDE"));
}

// A policy makes nothing read-only but the root, and limits only its own holes.
bool is_own_refusal(const InForce& policy, const FileKey& key, const FileFact& fact) {
  if (is_gain(key)) return policy.profile.no_new_privileges;
  const Hole* hole = hole_around(policy.profile, key.path, fact.mount);
  if (is_out_of_room(key)) return hole != nullptr && hole->size != 0;
  if (is_code(key)) return hole != nullptr && hole->kind == HoleKind::tmpfs && !hole->exec;
  if (!policy.profile.read_only_root) return false;
  if (const Mount* mount = mount_at(policy.run, fact.mount))
    return mount->origin == "image" || (mount->origin == "engine" && follows_the_root(mount->path));
  const auto known = policy.profile.mounts.find(fact.mount);
  return known == policy.profile.mounts.end() || !known->second.read_only;
}

}  // namespace profilegen

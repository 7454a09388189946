// SPDX-License-Identifier: Apache-2.0
#include "profilegen/runtime_calls.h"

#include <algorithm>

#include "profilegen/companions.h"
#include "profilegen/floor.h"

namespace profilegen {
namespace {

bool is_runtimes(const Profile& profile, Arch arch, const std::string& name) {
  const auto found = profile.calls.find({arch, name});
  return found != profile.calls.end() && found->second.contains(NeededBy::runtime);
}

// For runtimes that are newer than all measured ones, those of the measured versions: they most likely still make them.
void add_guessed_floors(Profile& profile) {
  for (const Runtime& runtime : profile.runtimes) {
    const auto known = find_floor(runtime.name, runtime.version);
    if (known && !known->measured) add_runtime_calls(find_floor(runtime.name, "")->plain, profile.arch, profile);
  }
}

}  // namespace

void add_runtime_calls(const std::set<std::string>& names, Arch arch, Profile& profile) {
  for (const std::string& name : names)
    if (syscall_number(arch, name)) add_needed(profile.calls[{arch, name}], {NeededBy::runtime});
}

Profile with_new_privileges(const Profile& profile) {
  Profile without = profile;
  without.no_new_privileges = false;
  if (profile.no_new_privileges) add_guessed_floors(without);
  return merge_profiles(profile, std::move(without));
}

// On each architecture on which the profile has all calls that a runtime makes with no-new-privileges. Each
// architecture is decided by itself, so that profiles can be merged in any order.
void add_plain_floors(Profile& profile) {
  std::set<Arch> arches;
  for (const auto& [call, who] : profile.calls) arches.insert(call.arch);
  for (const Runtime& runtime : profile.runtimes) {
    const auto known = find_floor(runtime.name, runtime.version);
    if (!known || !known->measured) continue;
    for (const Arch arch : arches) {
      const auto has = [&](const std::string& name) { return is_runtimes(profile, arch, name); };
      if (std::ranges::all_of(known->no_new_privileges, has)) add_runtime_calls(known->plain, arch, profile);
    }
  }
}

}  // namespace profilegen

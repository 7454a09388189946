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

}  // namespace

void add_runtime_calls(const std::set<std::string>& names, Arch arch, Profile& profile) {
  for (const std::string& name : names)
    if (syscall_number(arch, name)) add_needed(profile.calls[{arch, name}], {NeededBy::runtime});
}

Profile with_new_privileges(const Profile& profile) {
  Profile without = profile;
  without.no_new_privileges = false;
  return merge_profiles(profile, std::move(without));
}

std::map<std::string, std::set<std::string>> missing_floors(const Profile& profile) {
  std::map<std::string, std::set<std::string>> missing;
  for (const auto& [runtime, measured] : measured_versions())
    for (const std::string& name : profile.no_new_privileges ? measured.no_new_privileges : measured.plain)
      if (!profile.calls.contains({profile.arch, name})) missing[runtime].insert(name);
  return missing;
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

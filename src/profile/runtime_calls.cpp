// SPDX-License-Identifier: Apache-2.0
#include "profilegen/runtime_calls.h"

#include <algorithm>

#include "profilegen/floor.h"

namespace profilegen {
namespace {

// As `Profile::runtime` names one: "runc 1.1.5", or as it was asked for.
std::optional<RuntimeFloor> floor_of(const std::string& runtime) {
  if (const auto asked_for = require_floor(runtime, ""); asked_for) return asked_for.value();
  const size_t space = runtime.find(' ');
  return space == std::string::npos ? std::nullopt : find_floor(runtime.substr(0, space), runtime.substr(space + 1));
}

bool is_runtimes(const Profile& profile, Arch arch, const std::string& name) {
  const auto found = profile.calls.find({arch, name});
  return found != profile.calls.end() && found->second.contains(NeededBy::runtime);
}

}  // namespace

void add_runtime_calls(const std::set<std::string>& names, Arch arch, Profile& profile) {
  for (const std::string& name : names)
    if (syscall_number(arch, name)) profile.calls[{arch, name}].insert(NeededBy::runtime);
}

std::set<std::string> split_runtimes(std::string_view list) {
  constexpr std::string_view separator = ", ";
  std::set<std::string> runtimes;
  while (!list.empty()) {
    const size_t end = list.find(separator);
    runtimes.emplace(list.substr(0, end));
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + separator.size());
  }
  return runtimes;
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

// On each architecture apart that has all of a runtime's: so that profiles can be merged in any order.
void add_plain_floors(Profile& profile) {
  std::set<Arch> arches;
  for (const auto& [call, who] : profile.calls) arches.insert(call.arch);
  for (const std::string& runtime : split_runtimes(profile.runtime)) {
    const auto known = floor_of(runtime);
    if (!known || !known->measured) continue;
    for (const Arch arch : arches) {
      const auto has = [&](const std::string& name) { return is_runtimes(profile, arch, name); };
      if (std::ranges::all_of(known->no_new_privileges, has)) add_runtime_calls(known->plain, arch, profile);
    }
  }
}

}  // namespace profilegen

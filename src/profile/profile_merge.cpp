// SPDX-License-Identifier: Apache-2.0
// Each step is a union, a minimum, or a logical and/or, so the order of merging does not matter.
#include <algorithm>
#include <iterator>

#include "hole_cover.h"
#include "profilegen/companions.h"
#include "profilegen/lines.h"
#include "profilegen/permissions.h"
#include "profilegen/profile.h"
#include "profilegen/profile_parts.h"
#include "profilegen/runtime_calls.h"

namespace profilegen {
namespace {

// A call stays restricted only if every profile that has the call restricts it.
void merge_arguments(Profile& into, const Profile& other) {
  std::erase_if(into.arguments, [&](const auto& entry) {
    return other.calls.contains(entry.first) && !other.arguments.contains(entry.first);
  });
  for (const auto& [call, rules] : other.arguments)
    if (!into.calls.contains(call) || into.arguments.contains(call))
      into.arguments[call].insert(rules.begin(), rules.end());
}

// Must come after merge_arguments(), which needs to know which profile has which call.
void merge_calls(Profile& into, const Profile& other) {
  for (const auto& [call, who] : other.calls) add_needed(into.calls[call], who);
  for (const auto& [call, errnum] : other.answers) add_answer(into.answers, call, errnum);
  drop_allowed_answers(into);
}

// An empty reason means that there is nothing to explain, so a non-empty one wins.
std::string merge_reasons(const std::string& left, const std::string& right) {
  if (left.empty() || right.empty()) return std::max(left, right);
  return std::min(left, right);
}

void merge_writable(Profile& into, const Profile& other) {
  into.read_only_root = into.read_only_root && other.read_only_root;
  into.root_reason = merge_reasons(into.root_reason, other.root_reason);
  for (const auto& [path, hole] : other.holes) {
    const auto [place, is_new] = into.holes.try_emplace(path, hole);
    if (!is_new) place->second = merge_holes(place->second, hole);
  }
  absorb_covered_holes(into.holes);
  if (!into.read_only_root) into.holes.clear();
  into.asked.insert(other.asked.begin(), other.asked.end());
  for (const auto& [path, mount] : other.mounts) add_user_mount(into.mounts, path, mount);
}

void merge_files(Profile& into, const Profile& other) {
  for (const auto& [pattern, rule] : other.files) {
    std::string& known = into.files[pattern].permissions;
    known = join_permissions(known, rule.permissions);
  }
}

void merge_lines(std::vector<std::string>& into, const std::vector<std::string>& other) {
  into.insert(into.end(), other.begin(), other.end());
  sort_lines(into);
}

}  // namespace

// A limit that one of them does not know is not known for both.
void merge_limits(Profile& into, const Profile& other) {
  std::erase_if(into.limits, [&](const auto& limit) { return !other.limits.contains(limit.first); });
  for (auto& [name, limit] : into.limits) limit = std::max(limit, other.limits.at(name));
}

void merge_user(Profile& into, const Profile& other) {
  into.as_root = into.as_root || other.as_root;
  into.users.insert(other.users.begin(), other.users.end());
  for (const auto& [path, owned] : other.restricted) add_restricted(into.restricted, path, owned);
}

void merge_network(Profile& into, const Profile& other) {
  into.network.insert(other.network.begin(), other.network.end());
  into.needs_network = into.needs_network || other.needs_network;
  for (const auto& [socket, port] : other.lowest_ports) {
    const auto [place, is_new] = into.lowest_ports.try_emplace(socket, port);
    if (!is_new) place->second = std::min(place->second, port);
  }
  into.ping_sockets = into.ping_sockets || other.ping_sockets;
}

// A capability is doubtful for both only if neither has it without a doubt.
void merge_doubts(Profile& into, const Profile& other, std::set<std::string> Profile::*doubtful) {
  const auto is_certain_in = [&](const Profile& profile, const std::string& name) {
    return profile.capabilities.contains(name) && !(profile.*doubtful).contains(name);
  };
  std::set<std::string> both = into.*doubtful;
  both.insert((other.*doubtful).begin(), (other.*doubtful).end());
  std::erase_if(both, [&](const auto& name) { return is_certain_in(into, name) || is_certain_in(other, name); });
  into.*doubtful = std::move(both);
}

void add_capability_objects(Profile& profile, const std::string& capability, std::set<CapabilityObject> objects) {
  if (objects.empty()) return;
  std::set<CapabilityObject>& known = profile.capability_objects[capability];
  known.merge(objects);
  while (known.size() > kMostCapabilityObjects) known.erase(std::prev(known.end()));
}

void merge_capabilities(Profile& into, const Profile& other) {
  merge_doubts(into, other, &Profile::kept_capabilities);
  into.capabilities.insert(other.capabilities.begin(), other.capabilities.end());
  into.denied_capabilities.insert(other.denied_capabilities.begin(), other.denied_capabilities.end());
  into.file_capabilities.insert(other.file_capabilities.begin(), other.file_capabilities.end());
  for (const auto& [name, objects] : other.capability_objects) add_capability_objects(into, name, objects);
}

Profile merge_profiles(Profile into, Profile other) {
  if (into.no_new_privileges != other.no_new_privileges) add_plain_floors(into.no_new_privileges ? into : other);
  into.arch = std::min(into.arch, other.arch);
  into.container = into.container || other.container;
  into.runtimes.merge(other.runtimes);
  into.no_new_privileges = into.no_new_privileges && other.no_new_privileges;
  merge_capabilities(into, other);
  merge_network(into, other);
  merge_arguments(into, other);
  merge_calls(into, other);
  merge_writable(into, other);
  merge_files(into, other);
  merge_limits(into, other);
  merge_user(into, other);
  merge_lines(into.incomplete, other.incomplete);
  merge_lines(into.notes, other.notes);
  return into;
}

}  // namespace profilegen

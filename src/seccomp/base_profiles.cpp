// SPDX-License-Identifier: Apache-2.0
// How the operator joins a profile with its base: resolveSyscallsForProfile() and UnionSyscalls() in
// kubernetes-sigs/security-profiles-operator. Only the rules are joined; all else is the profile's own.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "profilegen/seccomp_manifest.h"
#include "profilegen/shallow_json.h"

namespace profilegen {
namespace {

using nlohmann::json;

constexpr const char* kBase = "baseProfileName";
constexpr const char* kRules = "syscalls";
constexpr std::string_view kRemote = "oci://";

std::string base_of(const json& filter) {
  const bool has_base = filter.is_object() && filter.contains(kBase) && filter[kBase].is_string();
  return has_base ? filter[kBase].get<std::string>() : "";
}

/// A plain filter has no name, and a resource from a registry has another one than its reference: either is the base if
/// nothing else was given.
const NamedFilter* find_base(const std::string& name, const std::vector<NamedFilter>& given) {
  const auto found = std::ranges::find(given, name, &NamedFilter::name);
  if (found != given.end()) return &*found;
  const bool only = given.size() == 1 && (given.front().name.empty() || name.starts_with(kRemote));
  return only ? &given.front() : nullptr;
}

/// libseccomp takes the first of two rules for a call, and the operator sorts them by their action.
void add_rules(json& filter, const json& base) {
  json rules = base.is_object() && base.contains(kRules) && base[kRules].is_array() ? base[kRules] : json::array();
  if (filter.contains(kRules) && filter[kRules].is_array())
    rules.insert(rules.end(), filter[kRules].begin(), filter[kRules].end());
  const auto action = [](const json& rule) {
    return rule.is_object() && rule.contains("action") ? rule["action"].dump() : std::string();
  };
  std::stable_sort(rules.begin(), rules.end(),
                   [&](const json& one, const json& other) { return action(one) < action(other); });
  filter[kRules] = std::move(rules);
}

std::string names_of(const std::vector<NamedFilter>& filters) {
  std::string text;
  for (const auto& [name, filter] : filters)
    text += (text.empty() ? "" : ", ") + (name.empty() ? "one without a name" : name);
  return text;
}

}  // namespace

std::string joined_with_bases(const std::string& filter, const std::vector<NamedFilter>& given) {
  json joined = shallow_json(filter);
  if (joined.is_discarded()) return filter;
  std::set<std::string> seen;
  while (true) {
    const std::string name = base_of(joined);
    const NamedFilter* base = name.empty() || !seen.insert(name).second ? nullptr : find_base(name, given);
    if (base == nullptr) break;
    const json other = shallow_json(base->filter);
    add_rules(joined, other);
    joined[kBase] = base_of(other);
  }
  return joined.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<std::string> only_filter(const std::vector<NamedFilter>& filters, const std::string& object) {
  std::set<std::string> bases;
  for (const NamedFilter& one : filters) bases.insert(base_of(shallow_json(one.filter)));
  std::vector<NamedFilter> meant;
  std::vector<NamedFilter> others;
  for (const NamedFilter& one : filters)
    (one.name.empty() || !bases.contains(one.name) ? meant : others).push_back(one);
  if (meant.size() == 1) return joined_with_bases(meant.front().filter, others);
  if (meant.empty()) return Error{object, "has only SeccompProfiles that are each other's base"};
  return Error{object, fmt::format("has {} SeccompProfiles: {}", meant.size(), names_of(meant)),
               "give one of them, in a file of its own"};
}

}  // namespace profilegen

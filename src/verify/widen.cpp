// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>

#include "profilegen/verify.h"

namespace profilegen {
namespace {

using nlohmann::ordered_json;

bool lets_through(const ordered_json& object, const char* key) {
  const std::string action = object.is_object() ? object.value(key, "") : "";
  return action == "SCMP_ACT_ALLOW" || action == "SCMP_ACT_LOG";
}

/// Takes the names out of a rule. Whether the rule still names a call.
bool without_names(const std::set<std::string>& names, ordered_json& rule) {
  if (rule.contains("name") && rule["name"].is_string()) return !names.contains(rule["name"].get<std::string>());
  if (!rule.contains("names") || !rule["names"].is_array()) return true;
  auto left = ordered_json::array();
  for (const auto& name : rule["names"])
    if (!name.is_string() || !names.contains(name.get<std::string>())) left.push_back(name);
  rule["names"] = left;
  return !left.empty();
}

/// Rules that refuse a call and one that allows it contradict each other, and libseccomp would take the earlier.
ordered_json rules_that_allow(const ordered_json& rules, const std::set<std::string>& names, bool by_rule) {
  auto kept = ordered_json::array();
  for (ordered_json rule : rules) {
    if (!rule.is_object() || lets_through(rule, "action") || without_names(names, rule)) kept.push_back(rule);
  }
  if (by_rule && !names.empty()) kept.push_back({{"names", names}, {"action", "SCMP_ACT_ALLOW"}});
  return kept;
}

void add_architecture(Arch arch, ordered_json& filter) {
  const std::string name(arch_oci_name(arch));
  const std::string native(arch_oci_name(native_arch()));
  if (filter.contains("archMap") && filter["archMap"].is_array()) {
    for (auto& entry : filter["archMap"])
      if (entry.is_object() && entry.value("architecture", "") == native) entry["subArchitectures"].push_back(name);
    return;
  }
  auto& listed = filter["architectures"];
  if (!listed.is_array() || listed.empty()) listed = ordered_json::array({native});
  listed.push_back(name);
}

}  // namespace

Result<std::string> widened_filter(const std::string& seccomp, const std::set<CallKey>& calls,
                                   const std::set<Arch>& architectures, const std::string& object) {
  auto filter = ordered_json::parse(seccomp, nullptr, false);
  if (!filter.is_object() || !filter.contains("defaultAction")) return Error{object, "is not a seccomp filter"};
  std::set<std::string> names;
  std::set<Arch> more;
  for (const CallKey& call : calls) {
    if (!call.name.starts_with('#')) names.insert(call.name);
    if (!architectures.contains(call.arch)) more.insert(call.arch);
  }
  for (const Arch arch : more) add_architecture(arch, filter);
  filter["syscalls"] =
      rules_that_allow(filter.value("syscalls", ordered_json::array()), names, !lets_through(filter, "defaultAction"));
  return filter.dump(2) + "\n";
}

}  // namespace profilegen

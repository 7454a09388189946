// SPDX-License-Identifier: Apache-2.0
#include <cerrno>
#include <nlohmann/json.hpp>

#include "profilegen/verify.h"

namespace profilegen {
namespace {

/// Whether the object's action was one that sends a signal.
bool answer_instead(nlohmann::ordered_json& object, const char* action, const char* errnum) {
  if (!object.is_object()) return false;
  const std::string name = object.value(action, "");
  if (!name.starts_with("SCMP_ACT_KILL") && name != "SCMP_ACT_TRAP") return false;
  object[action] = "SCMP_ACT_ERRNO";
  object[errnum] = EPERM;
  return true;
}

}  // namespace

Result<std::string> complaining_filter(const std::string& seccomp, const std::string& object) {
  auto filter = nlohmann::ordered_json::parse(seccomp, nullptr, false);
  if (!filter.is_object() || !filter.contains("defaultAction"))
    return Error{object, "is not a seccomp filter", "emit the bundle again"};
  filter["defaultAction"] = "SCMP_ACT_LOG";
  filter.erase("defaultErrnoRet");
  // Rules that refuse are dropped: the new default logs those calls as well.
  auto allowing = nlohmann::ordered_json::array();
  for (const auto& rule : filter.value("syscalls", nlohmann::ordered_json::array()))
    if (rule.is_object() && rule.value("action", "") == "SCMP_ACT_ALLOW") allowing.push_back(rule);
  filter["syscalls"] = allowing;
  return filter.dump(2) + "\n";
}

std::optional<std::string> answering_filter(const std::string& seccomp) {
  auto filter = nlohmann::ordered_json::parse(seccomp, nullptr, false);
  bool changed = answer_instead(filter, "defaultAction", "defaultErrnoRet");
  if (filter.is_object() && filter.contains("syscalls"))
    for (auto& rule : filter["syscalls"]) changed = answer_instead(rule, "action", "errnoRet") || changed;
  return changed ? std::optional(filter.dump(2) + "\n") : std::nullopt;
}

}  // namespace profilegen

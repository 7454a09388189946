// SPDX-License-Identifier: Apache-2.0
#include <cerrno>
#include <nlohmann/json.hpp>

#include "profilegen/json_reader.h"
#include "profilegen/verify.h"

namespace profilegen {
namespace {

using Json = nlohmann::ordered_json;

/// Discarded when it is no JSON, or deeper than any filter: writing it takes a part of the stack for each level.
Json filter_of(const std::string& text) {
  if (!JsonDocument::parse(text, "filter")) return Json(Json::value_t::discarded);
  return Json::parse(text, nullptr, false);
}

std::string text_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

/// Whether the object's action was one that sends a signal.
bool answer_instead(Json& object, const char* action, const char* errnum) {
  if (!object.is_object()) return false;
  const std::string name = text_at(object, action);
  if (!name.starts_with("SCMP_ACT_KILL") && name != "SCMP_ACT_TRAP") return false;
  object[action] = "SCMP_ACT_ERRNO";
  object[errnum] = EPERM;
  return true;
}

}  // namespace

Result<std::string> complaining_filter(const std::string& seccomp, const std::string& object) {
  auto filter = filter_of(seccomp);
  if (!filter.is_object() || !filter.contains("defaultAction"))
    return Error{object, "is not a seccomp filter", "emit the bundle again"};
  filter["defaultAction"] = "SCMP_ACT_LOG";
  filter.erase("defaultErrnoRet");
  // Rules that refuse are dropped: the new default logs those calls as well.
  auto allowing = Json::array();
  for (const auto& rule : filter.value("syscalls", Json::array()))
    if (rule.is_object() && text_at(rule, "action") == "SCMP_ACT_ALLOW") allowing.push_back(rule);
  filter["syscalls"] = allowing;
  return filter.dump(2) + "\n";
}

std::optional<std::string> answering_filter(const std::string& seccomp) {
  auto filter = filter_of(seccomp);
  bool changed = answer_instead(filter, "defaultAction", "defaultErrnoRet");
  if (filter.is_object() && filter.contains("syscalls"))
    for (auto& rule : filter["syscalls"]) changed = answer_instead(rule, "action", "errnoRet") || changed;
  return changed ? std::optional(filter.dump(2) + "\n") : std::nullopt;
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "rule_names.h"

#include <nlohmann/json.hpp>

namespace profilegen::lint {
namespace {

using nlohmann::json;

const json& elements(const json& object, const char* key) {
  static const json none = json::array();
  if (!object.is_object()) return none;
  const auto found = object.find(key);
  return found != object.end() && found->is_array() ? *found : none;
}

}  // namespace

RuleNames rule_names(const std::string& text) {
  const json root = json::parse(text);
  RuleNames found;
  found.lists_architectures = !elements(root, "architectures").empty() || !elements(root, "archMap").empty();
  for (const json& rule : elements(root, "syscalls")) {
    for (const json& name : elements(rule, "names"))
      if (name.is_string()) found.names.insert(name.get<std::string>());
    if (rule.is_object() && rule.contains("name") && rule["name"].is_string())
      found.names.insert(rule["name"].get<std::string>());
  }
  found.names.erase("");
  return found;
}

}  // namespace profilegen::lint

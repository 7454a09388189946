// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "profilegen/verify.h"

namespace profilegen {

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

}  // namespace profilegen

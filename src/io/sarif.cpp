// SPDX-License-Identifier: Apache-2.0
#include "profilegen/sarif.h"

#include <array>
#include <cctype>
#include <map>
#include <nlohmann/json.hpp>

#include "profilegen/json_text.h"
#include "profilegen/path_text.h"

namespace profilegen {
namespace {

using nlohmann::ordered_json;

constexpr size_t kMostResults = 5000;

ordered_json sarif_rule(const SarifResult& result) {
  ordered_json made;
  made["id"] = result.rule;
  made["shortDescription"]["text"] = result.rule_text;
  made["defaultConfiguration"]["level"] = result.level;
  made["properties"] = {{"security-severity", result.severity}, {"tags", {"security", "policy"}}};
  return made;
}

/// The file's URI relative to the repository, as code scanning resolves it.
std::string uri(const std::string& path) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (const char letter : path) {
    const auto byte = static_cast<unsigned char>(letter);
    const bool plain = std::isalnum(byte) != 0 || std::string_view("/-_.~").find(letter) != std::string_view::npos;
    if (plain)
      encoded += letter;
    else
      (encoded += '%') += {digits[byte >> 4U], digits[byte & 15U]};
  }
  return encoded;
}

ordered_json sarif_result(const SarifResult& result) {
  ordered_json made;
  made["ruleId"] = result.rule;
  made["level"] = result.level;
  made["message"]["text"] = path_to_text(result.message);
  ordered_json location;
  location["physicalLocation"]["artifactLocation"]["uri"] = uri(result.file);
  location["physicalLocation"]["region"]["startLine"] = 1;
  made["locations"] = ordered_json::array({location});
  made["partialFingerprints"][result.fingerprint_name] = path_to_text(result.fingerprint);
  if (result.accepted)
    made["suppressions"] =
        ordered_json::array({{{"kind", "external"}, {"justification", path_to_text(*result.accepted)}}});
  return made;
}

}  // namespace

std::string sarif_text(const std::vector<SarifResult>& results) {
  std::map<std::string, ordered_json> rules;
  ordered_json list = ordered_json::array();
  for (const SarifResult& result : results) {
    if (list.size() == kMostResults) break;
    rules.emplace(result.rule, sarif_rule(result));
    list.push_back(sarif_result(result));
  }
  ordered_json driver = {{"name", "profilegen"}, {"rules", ordered_json::array()}};
  for (auto& [id, made] : rules) driver["rules"].push_back(std::move(made));
  ordered_json run;
  run["tool"]["driver"] = std::move(driver);
  run["results"] = std::move(list);
  ordered_json root;
  root["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
  root["version"] = "2.1.0";
  root["runs"] = ordered_json::array({std::move(run)});
  return plain_json(root.dump(2)) + "\n";
}

}  // namespace profilegen

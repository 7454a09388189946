// SPDX-License-Identifier: Apache-2.0
// SARIF 2.1.0 (OASIS). GitHub's code scanning accepts 25 000 results of a run and shows the first 5 000. It ranks
// alerts by their rule's security-severity, so there is a rule for each kind of change and risk.
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "profilegen/path_text.h"
#include "support/plain_text.h"
#include "support/registry.h"

namespace profilegen::diff {

namespace {

using nlohmann::ordered_json;

constexpr size_t kMostResults = 5000;

std::string_view level(Risk risk) { return risk >= Risk::high ? "error" : risk == Risk::medium ? "warning" : "note"; }

/// Code scanning reads more than 9.0 as critical, from 7.0 on as high, from 4.0 on as medium.
std::string_view severity(Risk risk) {
  constexpr std::array<std::string_view, 4> severities = {"2.0", "5.0", "8.0", "9.5"};
  return severities[static_cast<size_t>(risk)];
}

std::string rule_id(const Change& change) {
  return fmt::format("new-{}-{}", change_kind_name(change.kind), risk_name(change.risk));
}

ordered_json rule(const Change& change) {
  ordered_json made;
  made["id"] = rule_id(change);
  made["shortDescription"]["text"] =
      fmt::format("A policy allows more: {}, {} risk", change_kind_name(change.kind), risk_name(change.risk));
  made["defaultConfiguration"]["level"] = level(change.risk);
  made["properties"] = {{"security-severity", severity(change.risk)}, {"tags", {"security", "policy"}}};
  return made;
}

/// The file's URI relative to the repository, as code scanning resolves it.
std::string uri(const std::string& path) {
  std::string encoded;
  for (const char byte : path) {
    const bool plain = std::isalnum(static_cast<unsigned char>(byte)) != 0 ||
                       std::string_view("/-_.~").find(byte) != std::string_view::npos;
    if (plain)
      encoded += byte;
    else
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(byte));
  }
  return encoded;
}

ordered_json result(const Change& change, const std::string& file) {
  ordered_json made;
  made["ruleId"] = rule_id(change);
  made["level"] = level(change.risk);
  made["message"]["text"] = fmt::format("{}: {}", path_to_text(change_text(change)), change.opens);
  ordered_json location;
  location["physicalLocation"]["artifactLocation"]["uri"] = uri(file);
  location["physicalLocation"]["region"]["startLine"] = 1;
  made["locations"] = ordered_json::array({location});
  made["partialFingerprints"]["profilegenChange/v1"] =
      path_to_text(fmt::format("{} {}", change_kind_name(change.kind), change.item));
  return made;
}

ordered_json suppressed(const Ignored& ignored, const std::string& file) {
  ordered_json made = result(ignored.change, file);
  made["suppressions"] =
      ordered_json::array({{{"kind", "external"}, {"justification", path_to_text(ignored.exemption.reason)}}});
  return made;
}

}  // namespace

std::string format_sarif(const DiffReport& report, bool /*colour*/) {
  std::map<std::string, ordered_json> rules;
  ordered_json results = ordered_json::array();
  const auto add = [&](const Change& change, ordered_json made) {
    rules.emplace(rule_id(change), rule(change));
    results.push_back(std::move(made));
  };
  for (const Change& change : report.changes)
    if (change.direction == Direction::added && results.size() < kMostResults)
      add(change, result(change, report.before));
  for (const Ignored& ignored : report.ignored)
    if (ignored.change.direction == Direction::added && results.size() < kMostResults)
      add(ignored.change, suppressed(ignored, report.before));
  ordered_json driver = {{"name", "profilegen"}, {"rules", ordered_json::array()}};
  for (auto& [id, made] : rules) driver["rules"].push_back(std::move(made));
  ordered_json run;
  run["tool"]["driver"] = std::move(driver);
  run["results"] = std::move(results);
  ordered_json root;
  root["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
  root["version"] = "2.1.0";
  root["runs"] = ordered_json::array({std::move(run)});
  return root.dump(2) + "\n";
}

}  // namespace profilegen::diff

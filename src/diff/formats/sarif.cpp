// SPDX-License-Identifier: Apache-2.0
// GitHub's code scanning ranks alerts by their rule's security-severity, so there is a rule for each kind of change and
// risk.
#include "profilegen/sarif.h"

#include <fmt/format.h>

#include <array>

#include "support/plain_text.h"
#include "support/registry.h"

namespace profilegen::diff {

namespace {

std::string_view level(Risk risk) { return risk >= Risk::high ? "error" : risk == Risk::medium ? "warning" : "note"; }

std::string_view severity(Risk risk) {
  constexpr std::array<std::string_view, 4> severities = {"2.0", "5.0", "8.0", "9.5"};
  return severities[static_cast<size_t>(risk)];
}

SarifResult result(const Change& change, const std::string& file, const std::optional<std::string>& accepted) {
  const std::string_view kind = change_kind_name(change.kind);
  const std::string_view risk = risk_name(change.risk);
  return {.rule = fmt::format("new-{}-{}", kind, risk),
          .rule_text = fmt::format("A policy allows more: {}, {} risk", kind, risk),
          .level = level(change.risk),
          .severity = severity(change.risk),
          .message = fmt::format("{}: {}", change_text(change), change.opens),
          .file = file,
          .fingerprint_name = "profilegenChange/v1",
          .fingerprint = fmt::format("{} {}", kind, change.item),
          .accepted = accepted};
}

}  // namespace

std::string format_sarif(const DiffReport& report, bool /*colour*/) {
  std::vector<SarifResult> results;
  for (const Change& change : report.changes)
    if (change.direction == Direction::added) results.push_back(result(change, report.before, {}));
  for (const Ignored& ignored : report.ignored)
    if (ignored.change.direction == Direction::added)
      results.push_back(result(ignored.change, report.before, ignored.exemption.reason));
  return sarif_text(results);
}

}  // namespace profilegen::diff

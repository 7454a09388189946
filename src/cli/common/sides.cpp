// SPDX-License-Identifier: Apache-2.0
#include "common/sides.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <set>

#include "common/gather.h"

namespace profilegen::cli {

namespace {

/// A plain seccomp file can have rules that depend on capabilities, but does not say which the container has. We take
/// those of the other side, or Docker's default ones.
Result<Policy> compiled(const Side& side, const Side& other, const Reading& reading) {
  if (side.profile) return policy_of(*side.profile, side.object);
  const auto& capabilities = other.profile ? other.profile->capabilities : docker_default().capabilities;
  const std::string& engine = reading.engine.empty() ? other.engine : reading.engine;
  const std::string joined = joined_with_bases(*side.seccomp, reading.bases);
  auto filter = SeccompEffect::of_file(joined, side.object, capabilities, filter_reader_of(engine));
  if (!filter) return filter.error();
  return Policy{side.object, {}, std::move(*filter)};
}

/// What the comparison does not show, for the person who reads it.
std::vector<std::string> limits(const Policy& policy) {
  std::vector<std::string> lines;
  for (const auto& note : policy.filter.notes()) lines.push_back(policy.object + ": " + note);
  if (!policy.profile) return lines;
  for (const auto& reason : policy.profile->incomplete)
    lines.push_back(policy.object + ": incomplete evidence: " + reason);
  return lines;
}

/// As YYYY-MM-DD, in UTC.
std::string today() {
  const std::time_t now = std::time(nullptr);
  std::tm day{};
  gmtime_r(&now, &day);
  return fmt::format("{:%Y-%m-%d}", day);
}

/// The engine of all runs; empty when they differ or had none.
std::string engine_of(const Trace& trace) {
  std::set<std::string> engines;
  for (const auto& [id, run] : trace.runs) engines.insert(run.subject.engine);
  return engines.size() == 1 ? *engines.begin() : "";
}

}  // namespace

Result<Side> load_side(const std::string& argument) {
  const auto gathered = gather({argument});
  if (!gathered) return gathered.error();
  if (const auto& seccomp = gathered->seccomp) return Side{seccomp->object, {}, seccomp->value};
  auto profile = profile_of(*gathered, {});
  if (!profile) return profile.error();
  if (!gathered->trace) return Side{gathered->profile->object, std::move(*profile), {}};
  return Side{gathered->trace->object, std::move(*profile), {}, engine_of(gathered->trace->value)};
}

Result<DiffReport> compare_sides(const Side& old_side, const Side& new_side, const Gate& gate, const Reading& reading) {
  const auto before = compiled(old_side, new_side, reading);
  if (!before) return before.error();
  const auto after = compiled(new_side, old_side, reading);
  if (!after) return after.error();
  DiffReport report = make_report(*before, *after, gate.fail_on, gate.exemptions, gate.exemptions_object, today());
  for (const Policy* policy : {&*before, &*after}) {
    const auto lines = limits(*policy);
    report.notes.insert(report.notes.end(), lines.begin(), lines.end());
  }
  if (before->profile.has_value() != after->profile.has_value())
    report.notes.emplace_back(
        "one side is a seccomp file: only system calls and the filter's answers to them are compared");
  return report;
}

}  // namespace profilegen::cli

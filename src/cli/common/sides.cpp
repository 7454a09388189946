// SPDX-License-Identifier: Apache-2.0
#include "common/sides.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <filesystem>
#include <set>

#include "common/bundle_file.h"
#include "common/gather.h"
#include "profilegen/emitter.h"

namespace profilegen::cli {

namespace {

/// A bundle of which the filter was edited: engines get that one.
Result<Policy> edited(const Side& side, const Reading& reading) {
  auto filter =
      SeccompEffect::of_file(*side.seccomp, side.object, side.profile->capabilities, filter_reader_of(reading.engine));
  if (!filter) return filter.error();
  return Policy{side.object, side.profile, std::move(*filter), side.flags};
}

/// A plain seccomp file can have rules that depend on capabilities, but does not say which the container has. We take
/// those of the other side, or Docker's default ones.
Result<Policy> compiled(const Side& side, const Side& other, const Reading& reading) {
  if (side.profile && !side.seccomp) {
    auto policy = policy_of(*side.profile, side.object);
    if (policy) policy->flags = side.flags;
    return policy;
  }
  if (side.profile) return edited(side, reading);
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

/// Adds what the bundle has beside its profile.
Status add_bundle(const std::string& directory, Side& side) {
  auto flags = flags_beside(directory, *side.profile);
  if (!flags) return flags.error();
  side.flags = std::move(*flags);
  if (!is_in_bundle(directory, "seccomp.json")) return Done{};
  auto filter = read_bundle_file(directory, "seccomp.json");
  if (!filter) return filter.error();
  const auto emitted = find_emitter("seccomp")->emit({*side.profile, directory});
  if (!emitted || *emitted != *filter) side.seccomp = std::move(*filter);
  return Done{};
}

}  // namespace

Result<Side> load_side(const std::string& argument) {
  const auto gathered = gather({argument});
  if (!gathered) return gathered.error();
  if (const auto& seccomp = gathered->seccomp) return Side{seccomp->object, {}, seccomp->value};
  auto profile = profile_of(*gathered, {});
  if (!profile) return profile.error();
  if (!gathered->trace) {
    Side side{gathered->profile->object, std::move(*profile), {}};
    std::error_code unknown;
    if (!std::filesystem::is_directory(argument, unknown)) return side;
    if (Status added = add_bundle(argument, side); !added) return added.error();
    return side;
  }
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

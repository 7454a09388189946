// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <array>

#include "formats/support/registry.h"

namespace profilegen {
namespace {

bool matches(const Exemption& exemption, const Change& change) {
  if (exemption.kind != change.kind) return false;
  // Compared as text first: an item may be a pattern that does not match its own text.
  return exemption.item == change.item || fnmatch(exemption.item.c_str(), change.item.c_str(), 0) == 0;
}

/// ISO dates can be compared as text.
bool is_over(const Exemption& exemption, const std::string& today) {
  return !exemption.until.empty() && exemption.until < today;
}

}  // namespace

std::string_view direction_name(Direction direction) {
  constexpr std::array<std::string_view, 3> names = {"added", "removed", "changed"};
  return names[static_cast<size_t>(direction)];
}

bool FailOn::fails(const Change& change) const {
  switch (what) {
    case What::added:
      return change.direction == Direction::added;
    case What::removed:
      return change.direction == Direction::removed;
    case What::any:
      return true;
    case What::risk:
      return change.direction == Direction::added && change.risk >= least;
    case What::never:
      break;
  }
  return false;
}

std::optional<FailOn> fail_on_from_text(std::string_view text) {
  constexpr std::string_view risk = "risk>=";
  if (text.starts_with(risk)) {
    const auto least = risk_from_name(text.substr(risk.size()));
    if (!least) return std::nullopt;
    return FailOn{FailOn::What::risk, *least};
  }
  constexpr std::array<std::string_view, 4> names = {"added", "removed", "any", "never"};
  const auto* found = std::ranges::find(names, text);
  if (found == names.end()) return std::nullopt;
  return FailOn{static_cast<FailOn::What>(found - names.begin())};
}

size_t DiffReport::failing() const {
  return static_cast<size_t>(
      std::ranges::count_if(changes, [this](const Change& change) { return fail_on.fails(change); }));
}

DiffReport make_report(const Policy& before, const Policy& after, const FailOn& fail_on,
                       const std::vector<Exemption>& exemptions, const std::string& exemptions_object,
                       const std::string& today) {
  DiffReport report{before.object, after.object, {}, {}, {}, score_of(before), score_of(after), fail_on};
  std::vector<size_t> uses(exemptions.size());
  for (Change& change : compare(before, after)) {
    const auto found = std::ranges::find_if(exemptions, [&](const Exemption& exemption) {
      return matches(exemption, change) && !is_over(exemption, today);
    });
    for (size_t place = 0; place < exemptions.size(); ++place)
      if (matches(exemptions[place], change)) ++uses[place];
    if (found == exemptions.end())
      report.changes.push_back(std::move(change));
    else
      report.ignored.push_back({std::move(change), *found});
  }
  for (size_t place = 0; place < exemptions.size(); ++place) {
    const Exemption& exemption = exemptions[place];
    const std::string where = fmt::format("{}: line {}", exemptions_object, exemption.line);
    if (is_over(exemption, today))
      report.notes.push_back(fmt::format(
          "{}: ended on {} and accepts nothing any more: give a later date, or remove it", where, exemption.until));
    else if (uses[place] == 0)
      report.notes.push_back(fmt::format("{}: matches no change: remove it if it is not needed any more", where));
  }
  return report;
}

std::span<const DiffFormat> diff_formats() {
  static const DiffFormat formats[] = {
#define DIFF_FORMAT(name, help) {#name, help, diff::format_##name},
#include "profilegen/diff_formats.def"
#undef DIFF_FORMAT
  };
  return formats;
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "profilegen/floor.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "profilegen_data.h"

namespace profilegen {
namespace {

using Version = std::vector<uint32_t>;

constexpr std::string_view kAtLeast = ">=";

// Text after the numbers is the distribution's packaging and is ignored.
Version parse_version(std::string_view text) {
  Version version;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    uint32_t number = 0;
    const auto [next, error] = std::from_chars(at, end, number);
    if (error != std::errc{}) break;
    version.push_back(number);
    if (next == end || *next != '.') break;
    at = next + 1;
  }
  return version;
}

bool is_version(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos &&
         !parse_version(text).empty();
}

std::set<std::string> calls_of(const nlohmann::json& group) { return group.at("calls").get<std::set<std::string>>(); }

struct Known {
  std::set<std::string> margin;
  std::set<std::string> spare;  // calls that it makes, and starts a container without
  std::map<Version, MeasuredVersion> versions;
};

MeasuredVersion measured_in(const nlohmann::json& file) {
  MeasuredVersion measured{file.at("runtime"), file.at("version"), {}, {}};
  for (const auto& entry : file.at("cases"))
    measured.cases.push_back({entry.at("case"), entry.at("no_new_privileges").get<bool>(), calls_of(entry)});
  return measured;
}

// Joins all measured cases (run or exec, root or not), since it is not known which of them the next run will be. Only
// no-new-privileges is kept apart, because the profile sets it.
void join_cases(const MeasuredVersion& measured, MeasuredCalls& joined) {
  for (const MeasuredCase& one : measured.cases)
    (one.no_new_privileges ? joined.no_new_privileges : joined.plain).insert(one.calls.begin(), one.calls.end());
}

// The data is compiled in and the tests load all of it, so a mistake in it is our own bug.
std::map<std::string, Known> load() {
  std::map<std::string, Known> known;
  for (const std::string_view text : data::runtime_floors_json) {
    const auto file = nlohmann::json::parse(text);
    known[file.at("runtime")].versions[parse_version(file.at("version").get<std::string>())] = measured_in(file);
  }
  const auto margins = nlohmann::json::parse(data::runtime_margins_json);
  for (const auto& [runtime, groups] : margins.at("runtimes").items())
    for (const auto& group : groups) known[runtime].margin.merge(calls_of(group));
  const auto spare = nlohmann::json::parse(data::runtime_spare_json);
  for (const auto& [runtime, calls] : spare.at("runtimes").items()) known[runtime].spare = calls;
  return known;
}

const std::map<std::string, Known>& floors() {
  static const std::map<std::string, Known> data = load();
  return data;
}

}  // namespace

std::vector<MeasuredVersion> measured_versions(const std::string& runtime, const std::string& version) {
  const auto found = floors().find(runtime);
  if (found == floors().end()) return {};
  const auto& versions = found->second.versions;
  const Version least = parse_version(version);
  if (least > versions.rbegin()->first) return {};
  auto first = versions.upper_bound(least);
  if (first != versions.begin()) --first;
  std::vector<MeasuredVersion> measured;
  for (; first != versions.end(); ++first) {
    measured.push_back(first->second);
    measured.back().dispensable = found->second.margin;
    measured.back().dispensable.insert(found->second.spare.begin(), found->second.spare.end());
  }
  return measured;
}

std::optional<RuntimeFloor> find_floor(const std::string& runtime, const std::string& version) {
  const auto found = floors().find(runtime);
  if (found == floors().end()) return std::nullopt;
  RuntimeFloor floor;
  floor.margin = found->second.margin;
  for (const MeasuredVersion& measured : measured_versions(runtime, version)) {
    join_cases(measured, floor);
    floor.measured = true;
  }
  return floor;
}

Result<RuntimeFloor> require_floor(std::string_view request, const std::string& object) {
  const std::string runtime(request.substr(0, request.find('>')));
  std::string version;
  if (runtime.size() < request.size()) {
    version = request.substr(std::min(runtime.size() + kAtLeast.size(), request.size()));
    if (!request.substr(runtime.size()).starts_with(kAtLeast) || !is_version(version))
      return Error{object, fmt::format("\"{}\" is not a runtime with a minimum version", request),
                   "write it as in runc>=1.1"};
  }
  std::optional<RuntimeFloor> found = find_floor(runtime, version);
  if (found && found->measured) return *std::move(found);
  if (found) {
    return Error{object, fmt::format("no {} of version {} or newer was measured", runtime, version),
                 fmt::format("ask for an older one, or for {} alone", runtime)};
  }
  std::vector<std::string> known;
  for (const auto& [name, floor] : floors()) known.push_back(name);
  return Error{.object = object,
               .what = fmt::format("\"{}\" is not a runtime whose own calls are known", runtime),
               .hint = fmt::format("use one of: {}", fmt::join(known, ", "))};
}

std::vector<MeasuredVersion> measured_versions() {
  std::vector<MeasuredVersion> all;
  for (const auto& [runtime, known] : floors())
    for (MeasuredVersion& measured : measured_versions(runtime, "")) all.push_back(std::move(measured));
  return all;
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "floor.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "profilegen/analyze.h"
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

struct Measured {
  std::set<std::string> plain;
  std::set<std::string> no_new_privileges;
};
struct Known {
  std::set<std::string> margin;
  std::map<Version, Measured> versions;
};

// Joins all measured cases (run or exec, root or not), since it is not known which of them the next run will be. Only
// no-new-privileges is kept apart, because the profile sets it.
Measured measured_in(const nlohmann::json& file) {
  Measured measured;
  for (const auto& entry : file.at("cases"))
    (entry.at("no_new_privileges").get<bool>() ? measured.no_new_privileges : measured.plain).merge(calls_of(entry));
  return measured;
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
  return known;
}

const std::map<std::string, Known>& floors() {
  static const std::map<std::string, Known> data = load();
  return data;
}

}  // namespace

std::optional<RuntimeFloor> find_floor(const std::string& runtime, const std::string& version) {
  const auto found = floors().find(runtime);
  if (found == floors().end()) return std::nullopt;
  const auto& versions = found->second.versions;
  RuntimeFloor floor;
  floor.margin = found->second.margin;
  const Version least = parse_version(version);
  if (least > versions.rbegin()->first) return floor;
  auto first = versions.upper_bound(least);
  if (first != versions.begin()) --first;
  for (; first != versions.end(); ++first) {
    floor.plain.insert(first->second.plain.begin(), first->second.plain.end());
    floor.no_new_privileges.insert(first->second.no_new_privileges.begin(), first->second.no_new_privileges.end());
  }
  floor.measured = true;
  return floor;
}

std::string requested_runtime(std::string_view request) { return std::string(request.substr(0, request.find('>'))); }

Result<RuntimeFloor> require_floor(std::string_view request, const std::string& object) {
  const std::string runtime = requested_runtime(request);
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

void add_runtime_calls(const std::set<std::string>& names, Arch arch, Profile& profile) {
  for (const std::string& name : names)
    if (syscall_number(arch, name)) profile.calls[{arch, name}].insert(NeededBy::runtime);
}

std::set<std::string> split_runtimes(std::string_view list) {
  constexpr std::string_view separator = ", ";
  std::set<std::string> runtimes;
  while (!list.empty()) {
    const size_t end = list.find(separator);
    runtimes.emplace(list.substr(0, end));
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + separator.size());
  }
  return runtimes;
}

namespace {

// The floor for a runtime as named in `Profile::runtime`: "runc 1.1.5", or as the user requested it.
std::optional<RuntimeFloor> floor_of(const std::string& runtime) {
  if (const auto asked_for = require_floor(runtime, ""); asked_for) return asked_for.value();
  const size_t space = runtime.find(' ');
  return space == std::string::npos ? std::nullopt : find_floor(runtime.substr(0, space), runtime.substr(space + 1));
}

bool is_runtimes(const Profile& profile, Arch arch, const std::string& name) {
  const auto found = profile.calls.find({arch, name});
  return found != profile.calls.end() && found->second.contains(NeededBy::runtime);
}

}  // namespace

Profile with_new_privileges(const Profile& profile) {
  Profile without = profile;
  without.no_new_privileges = false;
  return merge_profiles(profile, std::move(without));
}

std::map<std::string, std::set<std::string>> missing_floors(const Profile& profile) {
  std::map<std::string, std::set<std::string>> missing;
  for (const auto& [runtime, known] : floors())
    for (const auto& [version, measured] : known.versions)
      for (const std::string& name : profile.no_new_privileges ? measured.no_new_privileges : measured.plain)
        if (!profile.calls.contains({profile.arch, name})) missing[runtime].insert(name);
  return missing;
}

// On each architecture on which the profile has all calls that a runtime makes with no-new-privileges. Each
// architecture is decided by itself, so that profiles can be merged in any order.
void add_plain_floors(Profile& profile) {
  std::set<Arch> arches;
  for (const auto& [call, who] : profile.calls) arches.insert(call.arch);
  for (const std::string& runtime : split_runtimes(profile.runtime)) {
    const auto known = floor_of(runtime);
    if (!known || !known->measured) continue;
    for (const Arch arch : arches) {
      const auto has = [&](const std::string& name) { return is_runtimes(profile, arch, name); };
      if (std::ranges::all_of(known->no_new_privileges, has)) add_runtime_calls(known->plain, arch, profile);
    }
  }
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "support/groups.h"

#include <map>
#include <nlohmann/json.hpp>

#include "profilegen_data.h"

namespace profilegen::report {

namespace {

// The data is compiled in and the tests load all of it, so a mistake in it is our own bug.
std::vector<CallGroup> load() {
  std::vector<CallGroup> groups;
  const auto file = nlohmann::json::parse(data::groups_json);
  for (const auto& group : file.at("groups")) groups.push_back({group.at("title"), group.at("calls")});
  groups.push_back({"Others", {}});
  return groups;
}

std::map<std::string, size_t, std::less<>> places() {
  std::map<std::string, size_t, std::less<>> by_name;
  for (size_t place = 0; place < call_groups().size(); ++place)
    for (const std::string& call : call_groups()[place].calls) by_name[call] = place;
  return by_name;
}

}  // namespace

const std::vector<CallGroup>& call_groups() {
  static const std::vector<CallGroup> groups = load();
  return groups;
}

size_t group_of(std::string_view call) {
  static const auto by_name = places();
  // i386 has "setuid32" beside "setuid", and "clock_gettime64" or "ppoll_time64" beside the older calls.
  for (const std::string_view suffix : {"", "32", "64", "_time64"}) {
    if (!call.ends_with(suffix)) continue;
    const auto found = by_name.find(call.substr(0, call.size() - suffix.size()));
    if (found != by_name.end()) return found->second;
  }
  return call_groups().size() - 1;
}

}  // namespace profilegen::report

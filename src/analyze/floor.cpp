// SPDX-License-Identifier: Apache-2.0
#include "floor.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "profilegen_data.h"

namespace profilegen {
namespace {

// The data is part of the program: what is wrong with it is our own bug, and the tests load all of it.
const nlohmann::json& floors() {
  static const nlohmann::json data = nlohmann::json::parse(data::runtime_floors_json).at("runtimes");
  return data;
}

// Each group of calls stands for one case that was measured; which one the next run is, is not known.
std::set<std::string> calls_of(const nlohmann::json& groups) {
  std::set<std::string> calls;
  for (const auto& group : groups) {
    for (const auto& call : group.at("calls")) calls.insert(call.get<std::string>());
  }
  return calls;
}

}  // namespace

std::optional<RuntimeFloor> find_floor(const std::string& runtime) {
  const auto found = floors().find(runtime);
  if (found == floors().end()) return std::nullopt;
  return RuntimeFloor{calls_of(found->at("margin")), calls_of(found->at("floor"))};
}

Result<RuntimeFloor> require_floor(const std::string& runtime, const std::string& object) {
  if (std::optional<RuntimeFloor> found = find_floor(runtime)) return *std::move(found);
  std::vector<std::string> known;
  for (const auto& [name, floor] : floors().items()) known.push_back(name);
  return Error{.object = object,
               .what = fmt::format("\"{}\" is not a runtime whose own calls are known", runtime),
               .hint = fmt::format("use one of: {}", fmt::join(known, ", "))};
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "profilegen/shallow_json.h"

#include <nlohmann/json.hpp>

namespace profilegen {

nlohmann::json shallow_json(std::string_view text) {
  using nlohmann::json;
  constexpr int deepest = 64;
  constexpr size_t most = 4'000'000;
  size_t count = 0;
  const auto keep = [&count](int depth, json::parse_event_t, const json&) {
    return ++count <= most && depth <= deepest;
  };
  json value = json::parse(text, keep, false);
  return count > most ? json(json::value_t::discarded) : value;
}

}  // namespace profilegen

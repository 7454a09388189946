// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "profilegen/seccomp.h"
#include "profilegen_data.h"

namespace profilegen {

// The data is compiled in, so a mistake in it is our own bug.
const EngineDefault& docker_default() {
  static const EngineDefault known = [] {
    const auto file = nlohmann::json::parse(data::docker_default_json);
    return EngineDefault{file.at("engine"), file.at("capabilities").get<std::set<std::string>>(),
                         file.at("calls").get<std::set<std::string>>()};
  }();
  return known;
}

}  // namespace profilegen

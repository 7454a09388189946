// SPDX-License-Identifier: Apache-2.0
// Reads YAML as Kubernetes' clients do (sigs.k8s.io/yaml): converted to JSON by the rules of YAML 1.1.
#pragma once

#include <yaml-cpp/yaml.h>

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string_view>

namespace profilegen::seccomp {

/// Aliases and merge keys ("<<") are expanded. nullopt: there are so many of them that the result would be huge.
std::optional<nlohmann::json> json_of(const YAML::Node& node);

/// Discarded when it is not JSON. Values that are nested deeper than any resource needs are dropped.
nlohmann::json shallow_json(std::string_view text);

}  // namespace profilegen::seccomp

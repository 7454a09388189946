// SPDX-License-Identifier: Apache-2.0
// Text → nlohmann::json, with our own limits and our own words for what is wrong.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "profilegen/result.h"

namespace profilegen {

/// "" for the root, else e.g. `syscalls[3].nr` or `holes["/var/lib"].mode`. `node` must be inside of `root`.
std::string json_field_path(const nlohmann::json& root, const nlohmann::json& node);

/// Fills `root`; the mistake, if there is one. `object` is the file's name.
std::optional<Error> build_json(std::string_view text, const std::string& object, nlohmann::json& root);

/// "t.json: syscalls[3].nr", or "t.json" for an empty path.
std::string json_object_name(const std::string& object, const std::string& path);

}  // namespace profilegen

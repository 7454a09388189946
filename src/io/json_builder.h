// SPDX-License-Identifier: Apache-2.0
// Text → nlohmann::json, with our own limits and our own words for what is wrong.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "profilegen/result.h"

namespace profilegen {

/// "" for the root, else e.g. `syscalls[3].nr` or `holes["/var/lib"].mode`. `node` must be inside of `root`, which is
/// called `name`.
std::string json_field_path(const nlohmann::json& root, const nlohmann::json& node, const std::string& name = {});

/// Called with each element of a list in the root, by the list's name and the element's place; false ends it.
using JsonElement = std::function<bool(const std::string& list, size_t place, const nlohmann::json& element)>;

/// Fills `root`; the mistake, if there is one. `object` is the file's name. With `element` such lists stay empty.
std::optional<Error> build_json(std::string_view text, const std::string& object, nlohmann::json& root,
                                const JsonElement& element = nullptr);

/// "t.json: syscalls[3].nr", or "t.json" for an empty path.
std::string json_object_name(const std::string& object, const std::string& path);

}  // namespace profilegen

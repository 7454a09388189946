// SPDX-License-Identifier: Apache-2.0
// Parses text into nlohmann::json, with our own limits and our own error messages.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "profilegen/result.h"

namespace profilegen {

/// The path of `node`, which must be inside of `root`: "" for the root, else e.g. `syscalls[3].nr` or
/// `holes["/var/lib"].mode`. `name` is put in front of it as the name of the root.
std::string json_field_path(const nlohmann::json& root, const nlohmann::json& node, const std::string& name = {});

/// Receives each element of the lists in the root, with the list's name and the element's position. Returning false
/// stops the parser.
using JsonElement = std::function<bool(const std::string& list, size_t place, const nlohmann::json& element)>;

/// Fills `root`. Returns the first mistake, if any. `object` is the file's name. With `element`, the lists in the root
/// stay empty.
std::optional<Error> build_json(std::string_view text, const std::string& object, nlohmann::json& root,
                                const JsonElement& element = nullptr);

/// "t.json: syscalls[3].nr", or "t.json" for an empty path.
std::string json_object_name(const std::string& object, const std::string& path);

}  // namespace profilegen

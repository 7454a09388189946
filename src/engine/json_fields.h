// SPDX-License-Identifier: Apache-2.0
// Reads JSON written by other programs: a field that is missing, null or of another type counts as not known.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace profilegen {

/// The value at a path of keys, or null.
template <typename... Keys>
const nlohmann::json& field(const nlohmann::json& object, const char* key, const Keys&... keys) {
  static const nlohmann::json kNull;
  const auto found = object.is_object() ? object.find(key) : object.end();
  if (!object.is_object() || found == object.end()) return kNull;
  if constexpr (sizeof...(keys) == 0)
    return *found;
  else
    return field(*found, keys...);
}

/// Up to a NUL character, where the kernel and C programs end it.
inline std::string text_of(const nlohmann::json& value) {
  return value.is_string() ? value.get_ref<const std::string&>().c_str() : "";
}
inline bool truth_of(const nlohmann::json& value) { return value.is_boolean() && value.get<bool>(); }

inline std::vector<std::string> texts_of(const nlohmann::json& value) {
  std::vector<std::string> texts;
  if (!value.is_array()) return texts;
  for (const auto& item : value)
    if (item.is_string()) texts.push_back(text_of(item));
  return texts;
}

}  // namespace profilegen

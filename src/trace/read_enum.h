// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <span>
#include <string>

#include "profilegen/json_reader.h"
#include "trace_names.h"

namespace profilegen {

/// Position of a string in the list. When it is not in there, reports a mistake of `value` and returns 0.
inline size_t read_choice(const JsonValue& value, std::span<const std::string_view> choices) {
  const auto found = std::find(choices.begin(), choices.end(), value.string());
  if (found != choices.end()) return static_cast<size_t>(found - choices.begin());
  std::string list = "must be one of:";
  for (const std::string_view choice : choices) list.append(" ").append(choice);
  value.fail(list);
  return 0;
}

template <typename Enum>
Enum read_enum(const JsonValue& value) {
  return static_cast<Enum>(read_choice(value, enum_names<Enum>()));
}

}  // namespace profilegen

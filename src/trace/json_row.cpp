// SPDX-License-Identifier: Apache-2.0
#include "json_row.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "profilegen/path_text.h"

namespace profilegen {
namespace {

/// Whether JSON writes the text without any escape.
bool needs_no_escape(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

}  // namespace

void JsonRow::append(uint64_t value) {
  std::array<char, 20> digits{};  // enough for 2^64 - 1
  const auto end = std::to_chars(digits.begin(), digits.end(), value).ptr;
  text_.append(digits.begin(), end);
}

void JsonRow::append(std::string_view value) {
  if (needs_no_escape(value)) {
    text_.append("\"").append(value).append("\"");
    return;
  }
  using nlohmann::json;
  // Invalid UTF-8, which path_to_text() should never leave, is replaced: it must not cost us the trace.
  text_ += json(path_to_text(value)).dump(-1, ' ', false, json::error_handler_t::replace);
}

void JsonRow::begin(std::string_view name) {
  if (text_.back() != '{') text_ += ',';
  text_.append("\"").append(name).append("\":");
}

void JsonRow::bytes(std::string_view name, std::string_view value) {
  begin(name);
  append(value);
}

void JsonRow::number(std::string_view name, uint64_t value) {
  begin(name);
  append(value);
}

void JsonRow::boolean(std::string_view name, bool value) {
  begin(name);
  text_ += value ? "true" : "false";
}

void JsonRow::null(std::string_view name) {
  begin(name);
  text_ += "null";
}

void JsonRow::json(std::string_view name, const nlohmann::ordered_json& value) {
  begin(name);
  text_ += value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

JsonRow JsonRow::object(std::string_view name) {
  begin(name);
  return JsonRow(text_);
}

}  // namespace profilegen

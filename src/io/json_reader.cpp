// SPDX-License-Identifier: Apache-2.0
#include "profilegen/json_reader.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "json_builder.h"
#include "profilegen/path_text.h"

namespace profilegen {

using nlohmann::json;

struct JsonState {
  std::string object;
  json root;
  std::optional<Error> error;
  // The element that is being passed on, and its name; null outside of that.
  const json* element = nullptr;
  std::string element_name;

  [[nodiscard]] std::string path_of(const json& node) const {
    return element != nullptr ? json_field_path(*element, node, element_name) : json_field_path(root, node);
  }
};

namespace {

const json kNull;

}  // namespace

void JsonValue::fail(std::string what, std::string hint) const {
  if (state_->error) return;
  state_->error = Error{json_object_name(state_->object, state_->path_of(*node_)), std::move(what), std::move(hint)};
}

/// Returns whether the value can be used; reports a mistake otherwise.
bool JsonValue::check(bool expected, std::string_view what) const {
  if (!expected) fail(std::string("must be ").append(what));
  return !state_->error;
}

JsonKind JsonValue::kind() const {
  if (node_->is_object()) return JsonKind::object;
  if (node_->is_array()) return JsonKind::array;
  if (node_->is_string()) return JsonKind::string;
  if (node_->is_number()) return JsonKind::number;
  return node_->is_boolean() ? JsonKind::boolean : JsonKind::null;
}

void JsonValue::keys(std::initializer_list<std::string_view> required,
                     std::initializer_list<std::string_view> optional) const {
  if (!check(node_->is_object(), "an object")) return;
  const auto known = [](const auto& list, const std::string& key) {
    return std::find(list.begin(), list.end(), key) != list.end();
  };
  for (const auto& [key, value] : node_->items()) {
    if (!known(required, key) && !known(optional, key)) {
      return JsonValue(*state_, value).fail("is not a key that this profilegen knows");
    }
  }
  for (const std::string_view key : required) {
    if (!has(key)) return fail(std::string("has no \"").append(key).append("\""));
  }
}

bool JsonValue::has(std::string_view key) const { return node_->is_object() && node_->contains(key); }

JsonValue JsonValue::at(std::string_view key) const {
  if (has(key)) return {*state_, (*node_)[key]};
  fail(std::string("has no \"").append(key).append("\""));
  return {*state_, kNull};
}

void JsonValue::elements(const std::function<void(JsonValue)>& each) const {
  if (!check(node_->is_array(), "an array")) return;
  for (const json& element : *node_) {
    each({*state_, element});
    if (state_->error) return;
  }
}

void JsonValue::members(const std::function<void(const std::string&, JsonValue)>& each) const {
  if (!check(node_->is_object(), "an object")) return;
  for (const auto& [key, value] : node_->items()) {
    each(key, {*state_, value});
    if (state_->error) return;
  }
}

bool JsonValue::boolean() const { return check(node_->is_boolean(), "true or false") && node_->get<bool>(); }

uint64_t JsonValue::number(uint64_t max, uint64_t min) const {
  const uint64_t value = node_->is_number_unsigned() ? node_->get<uint64_t>() : 0;
  const bool fits = node_->is_number_unsigned() && value >= min && value <= max;
  if (fits && !state_->error) return value;
  fail(std::string("must be a number from ").append(std::to_string(min)).append(" to ").append(std::to_string(max)));
  return 0;
}

std::string JsonValue::string() const {
  return check(node_->is_string(), "a string") ? node_->get<std::string>() : std::string();
}

std::string JsonValue::path_text() const {
  const auto bytes = path_from_text(string());
  if (!bytes) fail("must be text in which \\ is followed by \\ or by xHH of a byte that is not UTF-8");
  if (bytes && bytes->find('\0') != std::string::npos) fail("has a NUL character, which no name has");
  return bytes.value_or(std::string());
}

JsonDocument::JsonDocument(std::unique_ptr<JsonState> state) : state_(std::move(state)) {}
JsonDocument::JsonDocument(JsonDocument&& other) noexcept = default;
JsonDocument& JsonDocument::operator=(JsonDocument&& other) noexcept = default;
JsonDocument::~JsonDocument() = default;

Result<JsonDocument> JsonDocument::parse(std::string_view text, const std::string& object) {
  if (text.empty()) return Error{object, "is empty"};
  auto state = std::make_unique<JsonState>();
  state->object = object;
  if (auto error = build_json(text, object, state->root)) return std::move(*error);
  return JsonDocument(std::move(state));
}

Result<JsonDocument> JsonDocument::parse_lists(
    std::string_view text, const std::string& object, const std::function<bool(JsonValue root)>& wanted,
    const std::function<void(std::string_view list, JsonValue element)>& read) {
  if (text.empty()) return Error{object, "is empty"};
  auto state = std::make_unique<JsonState>();
  state->object = object;
  std::optional<bool> is_wanted;
  const auto mistake =
      build_json(text, object, state->root, [&](const std::string& list, size_t place, const json& element) {
        if (!is_wanted) is_wanted = wanted({*state, state->root});
        if (!*is_wanted) return true;
        state->element = &element;
        state->element_name = std::string(list).append("[").append(std::to_string(place)).append("]");
        read(list, {*state, element});
        state->element = nullptr;
        return !state->error;
      });
  if (mistake) return *mistake;
  return JsonDocument(std::move(state));
}

JsonValue JsonDocument::root() const { return {*state_, state_->root}; }

const std::optional<Error>& JsonDocument::error() const { return state_->error; }

bool JsonDocument::check_version(std::string_view key, std::string_view noun, uint32_t version) const {
  if (!root().has(key)) {
    root().fail(std::string("is not a ").append(noun).append(" of profilegen"),
                std::string("a ").append(noun).append(" begins with \"").append(key).append("\""));
    return false;
  }
  const uint32_t found = root().at(key).number32();
  if (!state_->error && found != version) {
    root().fail(std::string("is a ")
                    .append(noun)
                    .append(" of version ")
                    .append(std::to_string(found))
                    .append(", this profilegen reads version ")
                    .append(std::to_string(version)),
                found > version ? "update profilegen" : "make it again");
  }
  return !state_->error;
}

}  // namespace profilegen

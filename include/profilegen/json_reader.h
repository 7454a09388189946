// SPDX-License-Identifier: Apache-2.0
// Strict reading of JSON files, with errors that name the field.
//
// Readers go through a document without checking each step: the first mistake is kept, after it every value reads as
// its type's zero and every list as empty, and the caller asks once, at the end, whether there was one.
//
//   auto document = JsonDocument::parse(text, "t.json");
//   if (!document) return document.error();
//   const JsonValue root = document->root();
//   root.keys({"name", "count"});
//   const auto count = root.at("count").number(10);
//   if (document->error()) return *document->error();      // "t.json: count: must be a number from 0 to 10"
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "profilegen/result.h"

namespace profilegen {

struct JsonState;

enum class JsonKind : uint8_t { null, boolean, number, string, array, object };

/// One value of a document. The document must outlive it.
class JsonValue {
 public:
  [[nodiscard]] JsonKind kind() const;
  /// Checks that this is an object that has all of `required`, and no other keys than these and `optional`.
  void keys(std::initializer_list<std::string_view> required,
            std::initializer_list<std::string_view> optional = {}) const;
  [[nodiscard]] bool has(std::string_view key) const;               ///< false when this is not an object
  [[nodiscard]] JsonValue at(std::string_view key) const;           ///< a mistake when there is no such key
  void elements(const std::function<void(JsonValue)>& each) const;  ///< of an array
  void members(const std::function<void(const std::string&, JsonValue)>& each) const;  ///< of an object, sorted by key

  [[nodiscard]] bool boolean() const;
  [[nodiscard]] uint64_t number(uint64_t max, uint64_t min = 0) const;
  [[nodiscard]] uint32_t number32(uint32_t max = UINT32_MAX) const { return static_cast<uint32_t>(number(max)); }
  [[nodiscard]] std::string string() const;
  [[nodiscard]] std::string path_text() const;  ///< decodes a string that path_to_text() wrote

  /// Reports a mistake in this value; only the first one of a document is kept. `what` is appended to the field's name.
  void fail(std::string what, std::string hint = {}) const;

 private:
  friend class JsonDocument;
  JsonValue(JsonState& state, const nlohmann::json& node) : state_(&state), node_(&node) {}
  [[nodiscard]] bool check(bool expected, std::string_view what) const;

  JsonState* state_;
  const nlohmann::json* node_;
};

/// A whole file. Mistakes are: it is not JSON, a key is given twice, or values are nested more than 64 levels deep.
class JsonDocument {
 public:
  /// `object` is how errors name the file: its path, or "standard input".
  static Result<JsonDocument> parse(std::string_view text, const std::string& object);
  /// The same for a file whose root has long lists. `read` is called with each element of these lists as soon as it is
  /// complete; it is not kept, so the lists are empty in the returned document. Before the first element `wanted` is
  /// called once, with the part of the root that was read so far; when it returns false, the elements are dropped
  /// without calling `read`. Parsing stops at the first mistake, which is then the document's error.
  static Result<JsonDocument> parse_lists(std::string_view text, const std::string& object,
                                          const std::function<bool(JsonValue root)>& wanted,
                                          const std::function<void(std::string_view list, JsonValue element)>& read);

  JsonDocument(JsonDocument&& other) noexcept;
  JsonDocument& operator=(JsonDocument&& other) noexcept;
  ~JsonDocument();

  [[nodiscard]] JsonValue root() const;
  [[nodiscard]] const std::optional<Error>& error() const;
  /// Whether the root is an object whose `key` is `version`. If not, that is a mistake, and the error says what the
  /// file is instead. `noun` is e.g. "trace". Call it before anything else, since another version may have other keys.
  bool check_version(std::string_view key, std::string_view noun, uint32_t version) const;

 private:
  explicit JsonDocument(std::unique_ptr<JsonState> state);
  std::unique_ptr<JsonState> state_;
};

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// Writes one JSON object on one line, member by member. A trace has up to a million rows, and building a tree of values
// for each takes four times as long as writing the text.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace profilegen {

class JsonRow {
 public:
  /// Appends to `text`, which must outlive the row. Only one row of a text is written at a time.
  explicit JsonRow(std::string& text) : text_(text) { text_ += '{'; }

  /// Encodes any bytes with path_to_text().
  void bytes(std::string_view name, std::string_view value);
  void number(std::string_view name, uint64_t value);
  void boolean(std::string_view name, bool value);
  void null(std::string_view name);
  /// A member that was built as a tree, for the few that are not flat.
  void json(std::string_view name, const nlohmann::ordered_json& value);
  template <typename Range>
  void numbers(std::string_view name, const Range& values) {
    list(name, values, [this](uint64_t value) { append(value); });
  }
  template <typename Range>
  void strings(std::string_view name, const Range& values) {
    list(name, values, [this](std::string_view value) { append(value); });
  }

  /// Begins a member that is itself an object; its end() ends it.
  JsonRow object(std::string_view name);
  void end() { text_ += '}'; }

 private:
  void begin(std::string_view name);
  void append(uint64_t value);
  void append(std::string_view value);
  template <typename Range, typename Append>
  void list(std::string_view name, const Range& values, const Append& append_value) {
    begin(name);
    text_ += '[';
    const char* separator = "";
    for (const auto& value : values) {
      text_ += separator;
      append_value(value);
      separator = ",";
    }
    text_ += ']';
  }

  std::string& text_;
};

}  // namespace profilegen

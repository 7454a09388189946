// SPDX-License-Identifier: Apache-2.0
#include "profile_texts.h"

#include <algorithm>

#include "profilegen/path_text.h"

namespace profilegen {
namespace {

bool is_ascii_control(char letter) {
  const auto byte = static_cast<unsigned char>(letter);
  return byte < ' ' || byte == 0x7f;
}

}  // namespace

std::string read_one_line(const JsonValue& value) {
  std::string text = value.string();
  if (std::ranges::any_of(text, is_ascii_control)) value.fail("must be one line without control characters");
  return text;
}

std::optional<std::string> read_path_key(const std::string& key, const JsonValue& value) {
  std::optional<std::string> path = path_from_text(key);
  if (path && path->starts_with('/') && path->find('\0') == std::string::npos) return path;
  value.fail("is not an absolute path");
  return std::nullopt;
}

bool is_quotable_pattern(std::string_view pattern) {
  bool escaped = false;
  for (const char letter : pattern) {
    if (is_ascii_control(letter) || (letter == '"' && !escaped)) return false;
    escaped = letter == '\\' && !escaped;
  }
  return !escaped;
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "support/apparmor_pattern.h"

#include <fmt/format.h>

#include "profilegen/path_text.h"

namespace profilegen {
namespace {

std::string octal(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) text += fmt::format("\\{:03o}", static_cast<unsigned char>(byte));
  return text;
}

/// A backslash and the character that it stands before, or one character.
std::string_view next_of(std::string_view pattern) {
  const size_t length = first_character(pattern).length;
  if (pattern.front() != '\\' || pattern.size() == 1) return pattern.substr(0, length);
  return pattern.substr(0, 1 + first_character(pattern.substr(1)).length);
}

bool is_plain(std::string_view next, std::string_view before) {
  const bool doubles = (next == ":" || next == "#") && before.ends_with(next);
  return next != "\"" && next != "\\" && is_all_shown(next) && !doubles;
}

}  // namespace

std::string quoted_pattern(std::string_view pattern) {
  std::string text = "\"";
  while (!pattern.empty()) {
    const std::string_view next = next_of(pattern);
    // A backslash before what is not plain falls away: the octal number means the same character.
    if (is_plain(next, text))
      text += next;
    else
      text += octal(next.size() > 1 && next.front() == '\\' ? next.substr(1) : next);
    pattern.remove_prefix(next.size());
  }
  return text + "\"";
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "profilegen/shell_word.h"

#include <fmt/format.h>

#include <algorithm>

#include "profilegen/path_text.h"
#include "profilegen/terminal_text.h"

namespace profilegen {
namespace {

bool is_ascii_printable(char letter) { return letter >= ' ' && letter <= '~'; }

// Whether people can read the bytes, and a CI runner finds no order in them.
bool is_readable(std::string_view bytes) { return is_all_shown(bytes) && !has_runner_order(bytes); }

bool is_plain(char letter) {
  constexpr std::string_view punctuation = "/._-+=:,@%";
  return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') ||
         punctuation.find(letter) != std::string_view::npos;
}

// Octal escapes, because a hexadecimal one would swallow digits that follow it.
std::string ansi_c_quoted(std::string_view bytes) {
  std::string word = "$'";
  for (const char letter : bytes) {
    if (letter == '\'' || letter == '\\') word += '\\';
    const bool plain = is_ascii_printable(letter) && !has_runner_order(word.substr(word.size() - 1) + letter);
    word += plain ? std::string(1, letter) : fmt::format("\\{:03o}", static_cast<uint8_t>(letter));
  }
  return word + "'";
}

}  // namespace

std::string shell_word(std::string_view bytes) {
  if (!bytes.empty() && std::ranges::all_of(bytes, is_plain) && !has_runner_order(bytes)) return std::string(bytes);
  const bool can_be_quoted = is_readable(bytes) && bytes.find('\'') == std::string_view::npos;
  return can_be_quoted ? fmt::format("'{}'", bytes) : ansi_c_quoted(bytes);
}

}  // namespace profilegen

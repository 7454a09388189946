// SPDX-License-Identifier: Apache-2.0
#include "support/shell_word.h"

#include <fmt/format.h>

#include <algorithm>

namespace profilegen {
namespace {

bool is_printable(char letter) { return letter >= ' ' && letter <= '~'; }

bool is_plain(char letter) {
  constexpr std::string_view punctuation = "/._-+=:,@%";
  return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') ||
         punctuation.find(letter) != std::string_view::npos;
}

// Octal, because a hexadecimal escape would swallow digits that follow it.
std::string ansi_c_quoted(std::string_view bytes) {
  std::string word = "$'";
  for (const char letter : bytes) {
    if (letter == '\'' || letter == '\\') word += '\\';
    word += is_printable(letter) ? std::string(1, letter) : fmt::format("\\{:03o}", static_cast<uint8_t>(letter));
  }
  return word + "'";
}

}  // namespace

std::string shell_word(std::string_view bytes) {
  if (!bytes.empty() && std::ranges::all_of(bytes, is_plain)) return std::string(bytes);
  const bool needs_escapes = !std::ranges::all_of(bytes, is_printable) || bytes.find('\'') != std::string_view::npos;
  return needs_escapes ? ansi_c_quoted(bytes) : fmt::format("'{}'", bytes);
}

}  // namespace profilegen

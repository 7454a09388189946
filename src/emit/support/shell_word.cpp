// SPDX-License-Identifier: Apache-2.0
#include "profilegen/shell_word.h"

#include <fmt/format.h>

#include <algorithm>

#include "profilegen/path_text.h"

namespace profilegen {
namespace {

bool is_ascii_printable(char letter) { return letter >= ' ' && letter <= '~'; }

// Whether people can read the bytes: valid UTF-8 (path_to_text() marks other bytes with "\x") without control
// characters.
bool is_readable(std::string_view bytes) {
  const auto is_control = [](char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte < ' ' || byte == 0x7f;
  };
  return std::ranges::none_of(bytes, is_control) && path_to_text(bytes).find("\\x") == std::string::npos;
}

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
    word += is_ascii_printable(letter) ? std::string(1, letter) : fmt::format("\\{:03o}", static_cast<uint8_t>(letter));
  }
  return word + "'";
}

}  // namespace

std::string shell_word(std::string_view bytes) {
  if (!bytes.empty() && std::ranges::all_of(bytes, is_plain)) return std::string(bytes);
  const bool can_be_quoted = is_readable(bytes) && bytes.find('\'') == std::string_view::npos;
  return can_be_quoted ? fmt::format("'{}'", bytes) : ansi_c_quoted(bytes);
}

}  // namespace profilegen

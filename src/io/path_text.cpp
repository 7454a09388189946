// SPDX-License-Identifier: Apache-2.0
#include "profilegen/path_text.h"

#include <array>
#include <cstdint>

namespace profilegen {
namespace {

uint8_t byte_at(std::string_view text, size_t index) {
  return index < text.size() ? static_cast<uint8_t>(text[index]) : uint8_t{0};
}

/// How a UTF-8 sequence may continue after its first byte (Unicode, table 3-7): its length and the range of the second
/// byte. The range excludes overlong forms, surrogates and everything above U+10FFFF.
struct Lead {
  uint8_t from, to;
  size_t length;
  uint8_t second_from, second_to;
};
constexpr std::array<Lead, 8> kLeads = {{{0xc2, 0xdf, 2, 0x80, 0xbf},
                                         {0xe0, 0xe0, 3, 0xa0, 0xbf},
                                         {0xe1, 0xec, 3, 0x80, 0xbf},
                                         {0xed, 0xed, 3, 0x80, 0x9f},
                                         {0xee, 0xef, 3, 0x80, 0xbf},
                                         {0xf0, 0xf0, 4, 0x90, 0xbf},
                                         {0xf1, 0xf3, 4, 0x80, 0xbf},
                                         {0xf4, 0xf4, 4, 0x80, 0x8f}}};

/// Length of the valid UTF-8 sequence at the start of a non-empty text; 0 when there is none.
size_t sequence_length(std::string_view text) {
  const uint8_t first = byte_at(text, 0);
  if (first < 0x80) return 1;
  for (const Lead& lead : kLeads) {
    if (first < lead.from || first > lead.to) continue;
    if (byte_at(text, 1) < lead.second_from || byte_at(text, 1) > lead.second_to) return 0;
    for (size_t index = 2; index < lead.length; ++index) {
      if ((byte_at(text, index) & 0xc0) != 0x80) return 0;
    }
    return lead.length;
  }
  return 0;
}

/// The code point of a valid UTF-8 sequence.
uint32_t code_point(std::string_view sequence) {
  if (sequence.size() == 1) return byte_at(sequence, 0);
  uint32_t value = byte_at(sequence, 0) & (0x7fU >> sequence.size());
  for (size_t index = 1; index < sequence.size(); ++index) value = value << 6U | (byte_at(sequence, index) & 0x3fU);
  return value;
}

bool is_control(uint32_t code) { return code < 0x20 || (code >= 0x7f && code < 0xa0); }

/// Line and paragraph separators, and the marks of the bidirectional algorithm, with which "exe.png" looks like
/// "gnp.exe".
bool moves_text(uint32_t code) {
  return code == 0x61c || code == 0x200e || code == 0x200f || (code >= 0x2028 && code <= 0x202e) ||
         (code >= 0x2066 && code <= 0x2069);
}

constexpr std::string_view kHex = "0123456789abcdef";

void append_hex(std::string& text, uint8_t byte) {
  text += "\\x";
  text += kHex[byte >> 4];
  text += kHex[byte & 0xf];
}

/// Decodes "xHH" at the start of the text.
std::optional<char> hex_byte(std::string_view text) {
  if (text.size() < 3 || text[0] != 'x') return std::nullopt;
  const size_t high = kHex.find(text[1]);
  const size_t low = kHex.find(text[2]);
  if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
  return static_cast<char>(high << 4 | low);
}

}  // namespace

TextCharacter first_character(std::string_view text) {
  const size_t length = sequence_length(text);
  if (length == 0) return {1, 0, false};
  const uint32_t code = code_point(text.substr(0, length));
  return {length, code, !is_control(code) && !moves_text(code)};
}

bool is_all_shown(std::string_view text) {
  while (!text.empty()) {
    const TextCharacter next = first_character(text);
    if (!next.shown) return false;
    text.remove_prefix(next.length);
  }
  return true;
}

std::string path_to_text(std::string_view path) {
  std::string text;
  text.reserve(path.size());
  while (!path.empty()) {
    const size_t length = sequence_length(path);
    if (length == 0) append_hex(text, byte_at(path, 0));
    if (path.front() == '\\') text += '\\';
    text += path.substr(0, length);
    path.remove_prefix(length == 0 ? 1 : length);
  }
  return text;
}

std::optional<std::string> path_from_text(std::string_view text) {
  if (text.find('\\') == std::string_view::npos) return std::string(text);
  std::string path;
  for (std::string_view rest = text; !rest.empty();) {
    const char letter = rest.front();
    rest.remove_prefix(1);
    if (letter != '\\') {
      path += letter;
    } else if (rest.starts_with('\\')) {
      path += '\\';
      rest.remove_prefix(1);
    } else if (const auto byte = hex_byte(rest)) {
      path += *byte;
      rest.remove_prefix(3);
    } else {
      return std::nullopt;
    }
  }
  if (path_to_text(path) != text) return std::nullopt;
  return path;
}

}  // namespace profilegen

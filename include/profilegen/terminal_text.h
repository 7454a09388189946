// SPDX-License-Identifier: Apache-2.0
// Paths and names are bytes chosen by programs. When shown to a person, they must neither control the terminal nor
// forge a line.
#pragma once

#include <string>
#include <string_view>

namespace profilegen {

/// Replaces control characters by "\xHH" (four characters), including Unicode's second set (U+0080 to U+009F).
inline std::string terminal_text(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  unsigned char last = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool second_control_set = last == 0xc2 && byte >= 0x80 && byte < 0xa0;
    if (byte < 0x20 || byte == 0x7f || second_control_set) {
      out.append({'\\', 'x', kDigits[byte >> 4], kDigits[byte & 15]});
    } else {
      out += c;
    }
    last = byte;
  }
  return out;
}

}  // namespace profilegen

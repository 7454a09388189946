// SPDX-License-Identifier: Apache-2.0
#include "profilegen/terminal_text.h"

#include "profilegen/path_text.h"

namespace profilegen {
namespace {

constexpr std::string_view kDoubled = ":#";

void append_escaped(std::string& out, std::string_view bytes) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  for (const char letter : bytes) {
    const auto byte = static_cast<unsigned char>(letter);
    out.append({'\\', 'x', digits[byte >> 4U], digits[byte & 15U]});
  }
}

}  // namespace

std::string terminal_text(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const TextCharacter next = first_character(text);
    const std::string_view bytes = text.substr(0, next.length);
    const bool doubles = kDoubled.find(bytes) != std::string_view::npos && out.ends_with(bytes);
    if (next.shown && !doubles)
      out += bytes;
    else
      append_escaped(out, bytes);
    text.remove_prefix(next.length);
  }
  return out;
}

bool has_runner_order(std::string_view text) {
  return text.find("::") != std::string_view::npos || text.find("##") != std::string_view::npos;
}

std::string_view cut_text(std::string_view text, size_t bytes) {
  size_t end = 0;
  while (end < text.size()) {
    const size_t length = first_character(text.substr(end)).length;
    if (end + length > bytes) break;
    end += length;
  }
  return text.substr(0, end);
}

}  // namespace profilegen

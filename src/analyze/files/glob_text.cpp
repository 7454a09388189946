// SPDX-License-Identifier: Apache-2.0
#include "files/glob_text.h"

#include <fmt/format.h>

#include "profilegen/path_text.h"

namespace profilegen {
namespace {

std::string_view glob_of(char mark) {
  switch (mark) {
    case 'n':
      return "[0-9]*";
    case 's':
      return "*";
    default:
      return "**";
  }
}

std::string octal(unsigned char byte) { return fmt::format("\\{:03o}", byte); }

// path_to_text() marks bytes that are not valid UTF-8: in its result "\xHH" is such a byte and "\\" is a backslash.
void append_literal(std::string& pattern, std::string_view literal) {
  constexpr std::string_view special = "*?[]{}^\"";
  const std::string text = path_to_text(literal);
  for (size_t index = 0; index < text.size(); ++index) {
    const auto byte = static_cast<unsigned char>(text[index]);
    if (text[index] == '\\' && text[index + 1] == 'x') {
      pattern += octal(static_cast<unsigned char>(std::stoul(text.substr(index + 2, 2), nullptr, 16)));
      index += 3;
    } else if (text[index] == '\\') {
      pattern += octal('\\');
      ++index;
    } else if (byte < ' ' || byte == 0x7f) {
      pattern += octal(byte);
    } else {
      if (special.find(text[index]) != std::string_view::npos) pattern += '\\';
      pattern += text[index];
    }
  }
}

}  // namespace

std::string render_pattern(std::string_view text) {
  std::string pattern;
  while (!text.empty()) {
    const size_t mark = text.find(kMark);
    append_literal(pattern, text.substr(0, mark));
    if (mark == std::string_view::npos) break;
    pattern += glob_of(text[mark + 1]);
    text.remove_prefix(mark + kAnyMark.size());
  }
  return pattern;
}

}  // namespace profilegen

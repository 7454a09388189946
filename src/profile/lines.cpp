// SPDX-License-Identifier: Apache-2.0
#include "profilegen/lines.h"

#include <fmt/format.h>

#include <algorithm>

#include "profilegen/path_text.h"

namespace profilegen {

void sort_lines(std::vector<std::string>& lines) {
  std::ranges::sort(lines);
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
}

std::string printable(std::string_view path) {
  std::string text;
  for (const char letter : path_to_text(path)) {
    const auto byte = static_cast<unsigned char>(letter);
    if (byte < ' ' || byte == 0x7f) {
      text += fmt::format("\\x{:02x}", byte);
    } else {
      text += letter;
    }
  }
  return text;
}

}  // namespace profilegen

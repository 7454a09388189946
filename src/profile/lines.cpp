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

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (size_t place = 0; place < words.size(); ++place) {
    if (place != 0) text += place + 1 == words.size() ? " and " : ", ";
    text += words[place];
  }
  return text;
}

}  // namespace profilegen

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
  const std::string valid = path_to_text(path);
  std::string text;
  for (std::string_view rest = valid; !rest.empty();) {
    const auto [length, code, shown] = first_character(rest);
    const std::string_view bytes = rest.substr(0, length);
    if (shown) text += bytes;
    if (!shown)
      for (const char byte : bytes) text += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
    rest.remove_prefix(length);
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

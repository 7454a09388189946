// SPDX-License-Identifier: Apache-2.0
#include "support/docker_words.h"

#include <algorithm>

#include "profilegen/path_text.h"

namespace profilegen {

bool survives_word_splitting(std::string_view word) {
  // A backslash is included because it begins a pattern in some shells.
  constexpr std::string_view special = "*?[]\\";
  return std::ranges::none_of(word, [&](char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte <= ' ' || byte == 0x7f || special.find(letter) != std::string_view::npos;
  });
}

bool is_flag_path(std::string_view path) {
  return path.starts_with('/') && path != "/" && path.find(':') == std::string_view::npos && is_all_shown(path) &&
         survives_word_splitting(path);
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "files/glob_text.h"
#include "files/own_names.h"

namespace profilegen {
namespace {

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
bool is_lower(char letter) { return letter >= 'a' && letter <= 'z'; }
bool is_upper(char letter) { return letter >= 'A' && letter <= 'Z'; }
bool is_word(char letter) { return is_digit(letter) || is_lower(letter) || is_upper(letter); }

size_t word_length(std::string_view text) {
  return static_cast<size_t>(std::ranges::find_if_not(text, is_word) - text.begin());
}

// mkstemp(3) puts 6 characters out of 62 letters and digits into a name, mktemp(1) 10. The first character does not
// count, so that a capitalised word is not taken for a random mix of cases.
bool is_random(std::string_view word) {
  constexpr size_t least = 6;
  if (word.size() < least) return false;
  const std::string_view rest = word.substr(1);
  const int kinds = static_cast<int>(std::ranges::any_of(rest, is_digit)) +
                    static_cast<int>(std::ranges::any_of(rest, is_lower)) +
                    static_cast<int>(std::ranges::any_of(rest, is_upper));
  return kinds > 1;
}

size_t uuid_length(std::string_view text) {
  constexpr std::string_view shape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  if (text.size() < shape.size()) return 0;
  for (size_t index = 0; index < shape.size(); ++index) {
    const char letter = text[index];
    const bool is_hex = is_digit(letter) || (letter >= 'a' && letter <= 'f') || (letter >= 'A' && letter <= 'F');
    if (shape[index] == '-' ? letter != '-' : !is_hex) return 0;
  }
  return shape.size();
}

// Names made by Python and mktemp begin like this, and Python's random part may contain underscores.
size_t tmp_length(std::string_view name) {
  constexpr size_t least = 6;
  const size_t start = name.starts_with("tmp.") ? 4 : 3;
  if (!name.starts_with("tmp")) return 0;
  size_t end = start;
  while (end < name.size() && (is_word(name[end]) || name[end] == '_')) ++end;
  return end - start >= least ? end : 0;
}

std::string vary_word(std::string_view word) {
  if (is_random(word)) return std::string(kAnyMark);
  std::string varied;
  for (size_t index = 0; index < word.size(); ++index) {
    if (!is_digit(word[index])) {
      varied += word[index];
    } else if (index == 0 || !is_digit(word[index - 1])) {
      varied += kNumberMark;
    }
  }
  return varied;
}

}  // namespace

std::string vary_name(std::string_view name) {
  std::string varied;
  if (const size_t length = tmp_length(name); length > 0) {
    varied = std::string(name.substr(0, name.starts_with("tmp.") ? 4 : 3)).append(kAnyMark);
    name.remove_prefix(length);
  }
  while (!name.empty()) {
    const size_t uuid = uuid_length(name);
    const size_t length = uuid > 0 ? uuid : word_length(name);
    if (uuid > 0) {
      varied += kAnyMark;
    } else if (length > 0) {
      varied += vary_word(name.substr(0, length));
    } else {
      varied += name.front();
    }
    name.remove_prefix(std::max<size_t>(length, 1));
  }
  return varied;
}

}  // namespace profilegen

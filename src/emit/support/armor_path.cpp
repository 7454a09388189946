// SPDX-License-Identifier: Apache-2.0
#include "support/armor_path.h"

#include <algorithm>
#include <cctype>

namespace profilegen {
namespace {

constexpr std::string_view kNumber = "[0-9]*";
constexpr std::string_view kProcess = "/proc/[0-9]*";

// A space is allowed by the form, but not quoted by the operator.
bool is_in_form(char letter) {
  const auto byte = static_cast<unsigned char>(letter);
  return (std::isalnum(byte) != 0 && byte < 0x80) ||
         std::string_view("_./*?+@-").find(letter) != std::string_view::npos;
}

bool is_octal(std::string_view text) {
  return text.size() >= 3 && std::ranges::all_of(text.substr(0, 3), [](char c) { return c >= '0' && c <= '7'; });
}

/// Takes one character, escaped or not, from the front of the pattern.
char take_one(std::string_view& pattern) {
  const bool escaped = pattern.size() > 1 && pattern.front() == '\\';
  const char letter = escaped ? '\\' : pattern.front();
  pattern.remove_prefix(escaped ? (is_octal(pattern.substr(1)) ? 4 : 2) : 1);
  return is_in_form(letter) ? letter : '?';
}

}  // namespace

std::string armor_path(std::string_view pattern) {
  std::string path;
  if (pattern.starts_with(kProcess)) {
    path = "/proc/@{pid}";
    pattern.remove_prefix(kProcess.size());
  }
  while (!pattern.empty()) {
    if (pattern.starts_with(kNumber)) {
      path += "?*";
      pattern.remove_prefix(kNumber.size());
    } else {
      path += take_one(pattern);
    }
  }
  return path;
}

bool may_overlap(std::string_view one, std::string_view other) {
  const auto fixed = [](std::string_view path) { return path.substr(0, path.find_first_of("*?@")); };
  const auto [left, right] = std::pair(fixed(one), fixed(other));
  if (left.size() == one.size() && right.size() == other.size()) return one == other;
  return left.starts_with(right) || right.starts_with(left);
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "profilegen/permissions.h"

namespace profilegen {
namespace {

constexpr std::string_view kOrder = "rwmklix";

bool has(std::string_view letters, char letter) { return letters.find(letter) != std::string_view::npos; }

}  // namespace

std::string join_permissions(std::string_view left, std::string_view right) {
  std::string both;
  for (const char letter : kOrder) {
    if (has(left, letter) || has(right, letter)) both += letter;
  }
  return both;
}

bool are_permissions(std::string_view letters) {
  return !letters.empty() && join_permissions(letters, "") == letters && has(letters, 'i') == has(letters, 'x');
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "files/condense.h"
#include "files/glob_text.h"
#include "profilegen/paths.h"

namespace profilegen {
namespace {

constexpr size_t kEnoughNumbers = 4;
constexpr std::array<std::string_view, 2> kNamesOfSettings = {"/etc", "/proc/sys"};

bool may_vary(const std::string& text) {
  return std::ranges::none_of(kNamesOfSettings, [&](std::string_view place) { return is_below(text, place); });
}

bool is_decimal(char letter) { return letter >= '0' && letter <= '9'; }

// "/sys/cpu0/index1" → "/sys/cpu[0-9]*/index1" and "/sys/cpu0/index[0-9]*"
std::vector<std::string> with_one_number_out(const std::string& text) {
  std::vector<std::string> shapes;
  for (size_t begin = 0; begin < text.size(); ++begin) {
    if (!is_decimal(text[begin])) continue;
    size_t end = begin;
    while (end < text.size() && is_decimal(text[end])) ++end;
    shapes.push_back(text.substr(0, begin).append(kNumberMark).append(text, end));
    begin = end;
  }
  return shapes;
}

struct Shape {
  std::string text;
  std::string permissions;
  auto operator<=>(const Shape&) const = default;
};

bool condense_once(FileTexts& files) {
  std::map<Shape, std::set<std::string>> shapes;
  for (const auto& [text, permissions] : files) {
    if (!may_vary(text)) continue;
    for (const std::string& shape : with_one_number_out(text)) shapes[{shape, permissions}].insert(text);
  }
  bool changed = false;
  for (auto& [shape, members] : shapes) {
    // A path may already be covered by an earlier shape.
    std::erase_if(members, [&](const std::string& text) { return !files.contains(text); });
    if (members.size() < kEnoughNumbers) continue;
    for (const std::string& text : members) files.erase(text);
    allow(files, shape.text, shape.permissions);
    changed = true;
  }
  return changed;
}

}  // namespace

// A path with two numbers takes two rounds.
void condense_numbers(FileTexts& files) {
  while (condense_once(files)) {
  }
}

}  // namespace profilegen

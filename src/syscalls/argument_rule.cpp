// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <charconv>

#include "profilegen/arguments.h"

namespace profilegen {
namespace {

constexpr uint8_t kMostArguments = 6;

/// Reads a number at the beginning of the text and removes it.
std::optional<uint32_t> take_number(std::string_view& text) {
  const int base = text.starts_with("0x") ? 16 : 10;
  if (base == 16) text.remove_prefix(2);
  uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<size_t>(end - text.data()));
  return number;
}

bool take(std::string_view& text, char letter) {
  if (!text.starts_with(letter)) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<ArgumentComparison> take_comparison(std::string_view& text) {
  const auto index = take_number(text);
  std::optional<uint32_t> mask = kAllBits;
  if (take(text, '&')) mask = take_number(text);
  if (!index || *index >= kMostArguments || !mask || !take(text, '=')) return std::nullopt;
  const auto value = take_number(text);
  if (!value || (*value & ~*mask) != 0) return std::nullopt;
  return ArgumentComparison{static_cast<uint8_t>(*index), *mask, *value};
}

}  // namespace

std::string argument_rule_text(const ArgumentRule& rule) {
  std::string text;
  for (const auto& [index, mask, value] : rule) {
    const std::string bits = mask == kAllBits ? "" : fmt::format("&{:#x}", mask);
    text += fmt::format("{}{}{}={:#x}", text.empty() ? "" : " ", index, bits, value);
  }
  return text;
}

std::optional<ArgumentRule> argument_rule_from_text(std::string_view text) {
  ArgumentRule rule;
  do {
    const auto comparison = take_comparison(text);
    if (!comparison || (!rule.empty() && comparison->index <= rule.back().index)) return std::nullopt;
    rule.push_back(*comparison);
  } while (take(text, ' '));
  if (!text.empty()) return std::nullopt;
  return rule;
}

}  // namespace profilegen

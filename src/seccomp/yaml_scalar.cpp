// SPDX-License-Identifier: Apache-2.0
#include "yaml_scalar.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

namespace profilegen::seccomp {
namespace {

using nlohmann::json;

constexpr std::string_view kTags = "tag:yaml.org,2002:";

std::optional<uint64_t> digits(std::string_view text, int base) {
  uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [read, error] = std::from_chars(text.data(), end, value, base);
  if (error != std::errc() || read != end || text.empty()) return std::nullopt;
  return value;
}

/// As strconv.ParseUint of Go does without a base: 0x for hexadecimal, 0b for binary, 0o and 0 for octal.
std::optional<uint64_t> unsigned_number(std::string_view text) {
  const std::string_view rest = text.substr(std::min<size_t>(2, text.size()));
  if (text.starts_with("0x") || text.starts_with("0X")) return digits(rest, 16);
  if (text.starts_with("0b") || text.starts_with("0B")) return digits(rest, 2);
  if (text.starts_with("0o") || text.starts_with("0O")) return digits(rest, 8);
  return digits(text, text.size() > 1 && text.front() == '0' ? 8 : 10);
}

/// "1e3", "08" and the like are floating-point numbers. JSON writes a whole one without a fraction.
std::optional<json> real_number(const std::string& text) {
  constexpr double most = 9.0e15;  // every whole number up to here is exact
  if (text.find_first_not_of("0123456789.eE+-") != std::string::npos) return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0') return std::nullopt;
  if (value >= 0 && value <= most && value == std::floor(value)) return static_cast<uint64_t>(value);
  return value;
}

std::optional<json> number(std::string text) {
  constexpr uint64_t most_negative = uint64_t{1} << 63U;
  std::erase(text, '_');
  if (text.empty() || std::string_view("+-.0123456789").find(text.front()) == std::string_view::npos)
    return std::nullopt;
  const bool negative = text.front() == '-';
  const auto value = unsigned_number(std::string_view(text).substr(negative || text.front() == '+' ? 1 : 0));
  if (!value || (negative && *value >= most_negative)) return real_number(text);
  if (negative) return -static_cast<int64_t>(*value);
  return *value;
}

bool is_one_of(const std::string& text, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, text) != words.end();
}

json plain_scalar(const std::string& text) {
  if (is_one_of(text, {"", "~", "null", "Null", "NULL"})) return nullptr;
  if (is_one_of(text, {"true", "True", "TRUE"})) return true;
  if (is_one_of(text, {"false", "False", "FALSE"})) return false;
  return number(text).value_or(text);
}

}  // namespace

json yaml_scalar(const std::string& tag, const std::string& text) {
  const bool typed = tag.starts_with(kTags) && tag != std::string(kTags) + "str";
  return tag == "?" || tag.empty() || typed ? plain_scalar(text) : json(text);
}

}  // namespace profilegen::seccomp

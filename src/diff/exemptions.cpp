// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cctype>
#include <chrono>
#include <sstream>

#include "profilegen/diff.h"

namespace profilegen {
namespace {

constexpr std::string_view kForm = "write it as: KIND ITEM [until YYYY-MM-DD] because REASON";
constexpr std::string_view kUntil = " until ";
constexpr std::string_view kBecause = " because ";

std::string_view trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

int number(std::string_view digits) {
  int value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

bool is_date(std::string_view text) {
  constexpr std::string_view kShape = "dddd-dd-dd";
  if (text.size() != kShape.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool digit = std::isdigit(static_cast<unsigned char>(text[i])) != 0;
    if (kShape[i] == 'd' ? !digit : text[i] != '-') return false;
  }
  const std::chrono::year_month_day day{std::chrono::year(number(text.substr(0, 4))),
                                        std::chrono::month(static_cast<unsigned>(number(text.substr(5, 2)))),
                                        std::chrono::day(static_cast<unsigned>(number(text.substr(8, 2))))};
  return day.ok();
}

Result<Exemption> parse_line(std::string_view line, const std::string& where) {
  const auto wrong = [&](std::string what) { return Error{where, std::move(what), std::string(kForm)}; };
  Exemption exemption;
  const size_t space = line.find_first_of(" \t");
  const auto kind = change_kind_from_name(line.substr(0, space));
  if (!kind) return wrong("does not begin with a kind of change, such as syscall or writable");
  exemption.kind = *kind;
  const size_t because = line.find(kBecause);
  if (because == std::string_view::npos) return wrong("gives no reason");
  exemption.reason = trimmed(line.substr(because + kBecause.size()));
  std::string_view rest = line.substr(space, because - space);
  const size_t until = rest.rfind(kUntil);
  if (until != std::string_view::npos) {
    exemption.until = trimmed(rest.substr(until + kUntil.size()));
    if (!is_date(exemption.until)) return wrong("has no date after \"until\"");
    rest = rest.substr(0, until);
  }
  exemption.item = trimmed(rest);
  if (exemption.item.empty()) return wrong("names no item");
  if (exemption.reason.empty()) return wrong("gives no reason");
  return exemption;
}

}  // namespace

Result<std::vector<Exemption>> parse_exemptions(std::string_view text, const std::string& object) {
  std::vector<Exemption> exemptions;
  std::istringstream lines{std::string(text)};
  size_t number_of_line = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number_of_line;
    const std::string_view content = trimmed(line);
    if (content.empty() || content.starts_with('#')) continue;
    auto exemption = parse_line(content, fmt::format("{}: line {}", object, number_of_line));
    if (!exemption) return exemption.error();
    exemption->line = number_of_line;
    exemptions.push_back(std::move(*exemption));
  }
  return exemptions;
}

}  // namespace profilegen

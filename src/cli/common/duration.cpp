// SPDX-License-Identifier: Apache-2.0
#include "common/duration.h"

#include <charconv>
#include <optional>
#include <string_view>

namespace profilegen::cli {

namespace {

using std::chrono::milliseconds;

struct Unit {
  std::string_view name;
  int64_t milliseconds;
};
constexpr Unit kUnits[] = {{"h", 3'600'000}, {"m", 60'000}, {"s", 1000}, {"ms", 1}};
constexpr int64_t kMost = 10'000 * kUnits[0].milliseconds;

/// Removes the unit at the beginning of `text` and returns its index. Only a number that stands alone may lack a unit.
std::optional<size_t> take_unit(std::string_view& text, bool first) {
  const std::string_view word = text.substr(0, text.find_first_of("0123456789"));
  for (size_t i = 0; i < std::size(kUnits); ++i) {
    if (word != kUnits[i].name && !(word.empty() && first && kUnits[i].name == "s")) continue;
    text.remove_prefix(word.size());
    return i;
  }
  return std::nullopt;
}

std::optional<int64_t> milliseconds_of(std::string_view text) {
  int64_t sum = 0;
  for (size_t next_unit = 0; next_unit == 0 || !text.empty();) {
    int64_t number = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    if (parsed.ec != std::errc() || number < 0) return std::nullopt;
    text.remove_prefix(static_cast<size_t>(parsed.ptr - text.data()));
    const auto unit = take_unit(text, next_unit == 0);
    if (!unit || *unit < next_unit) return std::nullopt;
    const int64_t factor = kUnits[*unit].milliseconds;
    sum += number > kMost / factor ? kMost + 1 : number * factor;
    next_unit = *unit + 1;
  }
  return sum;
}

}  // namespace

Result<std::chrono::nanoseconds> parse_duration(const std::string& option, const std::string& text) {
  const auto parsed = milliseconds_of(text);
  if (!parsed) return Error{option + " " + text, "is not a length of time", "write it as 30, 30s, 5m, 1h30m or 500ms"};
  if (*parsed == 0) return Error{option + " " + text, "is zero", "give a longer one"};
  if (*parsed > kMost) return Error{option + " " + text, "is more than 10000h", "leave it out"};
  return std::chrono::nanoseconds(milliseconds(*parsed));
}

}  // namespace profilegen::cli

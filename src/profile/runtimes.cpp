// SPDX-License-Identifier: Apache-2.0
#include "runtimes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace profilegen {
namespace {

constexpr std::string_view kSeparator = ", ";
constexpr std::string_view kAtLeast = ">=";

}  // namespace

std::string runtime_text(const Runtime& runtime) {
  if (runtime.version.empty()) return runtime.name;
  return fmt::format("{}{}{}", runtime.name, runtime.or_newer ? kAtLeast : " ", runtime.version);
}

Runtime runtime_from_text(std::string_view text) {
  const size_t space = text.find(' ');
  const size_t at_least = text.find(kAtLeast);
  const auto parted = [&](size_t place, size_t length, bool or_newer) {
    return Runtime{std::string(text.substr(0, place)), std::string(text.substr(place + length)), or_newer};
  };
  if (space != std::string_view::npos && space < at_least) return parted(space, 1, false);
  if (at_least != std::string_view::npos) return parted(at_least, kAtLeast.size(), true);
  return {std::string(text), "", false};
}

// Sorted as text: profiles have had this order since their first version.
std::string runtimes_text(const std::set<Runtime>& runtimes) {
  std::set<std::string> texts;
  for (const Runtime& runtime : runtimes) texts.insert(runtime_text(runtime));
  return fmt::format("{}", fmt::join(texts, kSeparator));
}

std::set<Runtime> runtimes_from_text(std::string_view text) {
  std::set<Runtime> runtimes;
  while (!text.empty()) {
    const size_t end = text.find(kSeparator);
    runtimes.insert(runtime_from_text(text.substr(0, end)));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + kSeparator.size());
  }
  return runtimes;
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "needed_by.h"

#include <array>

namespace profilegen {
namespace {

struct Words {
  bool app;
  bool runtime;
  std::string_view text;
};
constexpr std::array<Words, 4> kWords = {
    {{false, false, "unknown"}, {true, false, "app"}, {false, true, "runtime"}, {true, true, "app runtime"}}};

}  // namespace

std::string_view needed_by_text(const std::set<NeededBy>& who) {
  const size_t index = (who.contains(NeededBy::app) ? 1U : 0U) + (who.contains(NeededBy::runtime) ? 2U : 0U);
  return kWords[index].text;
}

std::optional<std::set<NeededBy>> needed_by_from_text(std::string_view text) {
  for (const Words& words : kWords) {
    if (words.text != text) continue;
    std::set<NeededBy> who;
    if (words.app) who.insert(NeededBy::app);
    if (words.runtime) who.insert(NeededBy::runtime);
    return who;
  }
  return std::nullopt;
}

}  // namespace profilegen

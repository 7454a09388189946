// SPDX-License-Identifier: Apache-2.0
#include "needed_by.h"

#include <array>

#include "profilegen/companions.h"

namespace profilegen {
namespace {

struct Words {
  bool app;
  bool runtime;
  std::string_view text;
};
constexpr std::array<Words, 4> kWords = {
    {{false, false, "unknown"}, {true, false, "app"}, {false, true, "runtime"}, {true, true, "app runtime"}}};

constexpr std::string_view kCompanion = "companion";

}  // namespace

std::string needed_by_text(const std::set<NeededBy>& who, std::string_view call) {
  if (is_companion(who)) {
    const std::string_view reason = companion_reason(call);
    return std::string(kCompanion).append(reason.empty() ? "" : ": ").append(reason);
  }
  const size_t index = (who.contains(NeededBy::app) ? 1U : 0U) + (who.contains(NeededBy::runtime) ? 2U : 0U);
  return std::string(kWords[index].text);
}

std::optional<std::set<NeededBy>> needed_by_from_text(std::string_view text) {
  if (text.substr(0, text.find(':')) == kCompanion) return std::set<NeededBy>{NeededBy::companion};
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

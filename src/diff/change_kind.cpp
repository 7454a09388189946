// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "profilegen/diff.h"

namespace profilegen {
namespace {

constexpr std::array kNames = {
#define CHANGE_KIND(id, name) std::string_view(name),
#include "profilegen/change_kinds.def"
#undef CHANGE_KIND
};
static_assert(std::ranges::is_sorted(kNames), "changes are sorted by kind, and told in the order of the names");

}  // namespace

std::string_view change_kind_name(ChangeKind kind) { return kNames[static_cast<size_t>(kind)]; }

std::optional<ChangeKind> change_kind_from_name(std::string_view name) {
  const auto* found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<ChangeKind>(found - kNames.begin());
}

}  // namespace profilegen

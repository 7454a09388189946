// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "profilegen/profile.h"

namespace profilegen {

/// Whether the application makes any of these calls. A call for which the profile does not say who needs it counts as
/// the application's.
inline bool application_calls(const Profile& profile, std::initializer_list<std::string_view> names) {
  return std::ranges::any_of(profile.calls, [&](const auto& entry) {
    const bool may_be_its = entry.second.empty() || entry.second.contains(NeededBy::app);
    return may_be_its && std::ranges::find(names, entry.first.name) != names.end();
  });
}

}  // namespace profilegen

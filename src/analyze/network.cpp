// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "network_names.h"
#include "steps.h"

namespace profilegen {

void add_network(const Trace& trace, Profile& profile) {
  for (const auto& [key, evidence] : trace.sockets) {
    const std::string_view family = network_family_name(key.family);
    const std::string_view type = socket_type_name(key.type);
    if (!family.empty() && !type.empty()) {
      profile.network.emplace(family, type);
      continue;
    }
    profile.notes.push_back(
        fmt::format("a socket of family {} and type {} was made: AppArmor has no word for it, so its "
                    "profile does not allow it",
                    key.family, key.type));
  }
}

}  // namespace profilegen

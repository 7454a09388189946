// SPDX-License-Identifier: Apache-2.0
// What the network settings of an engine decide: which ports are privileged, and who may make ping sockets.
#include <algorithm>

#include "rights/network_names.h"
#include "steps.h"

namespace profilegen {

void add_ports(const Trace& trace, Profile& profile) {
  for (const auto& [key, evidence] : trace.ports) {
    const std::string_view family = network_family_name(key.family);
    const std::string_view type = socket_type_name(key.type);
    if (family.empty() || type.empty()) continue;
    const auto [lowest, is_new] = profile.lowest_ports.try_emplace({std::string(family), std::string(type)}, key.port);
    if (!is_new) lowest->second = std::min(lowest->second, key.port);
  }
  profile.ping_sockets = std::ranges::any_of(
      trace.behaviours, [](const auto& seen) { return seen.first.behaviour == Behaviour::PING_SOCKET; });
}

}  // namespace profilegen

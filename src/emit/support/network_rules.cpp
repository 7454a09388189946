// SPDX-License-Identifier: Apache-2.0
#include "support/network_rules.h"

#include <algorithm>

namespace profilegen {
namespace {

constexpr uint32_t kFirstUnprivileged = 1024;  // PROT_SOCK in include/net/sock.h

}  // namespace

std::optional<uint32_t> low_port(const Profile& profile) {
  if (profile.capabilities.contains("NET_BIND_SERVICE")) return std::nullopt;
  uint32_t lowest = kFirstUnprivileged;
  for (const auto& [socket, port] : profile.lowest_ports) lowest = std::min(lowest, port);
  return lowest < kFirstUnprivileged ? std::optional(lowest) : std::nullopt;
}

std::vector<std::pair<std::string, std::string>> network_sysctls(const Profile& profile) {
  std::vector<std::pair<std::string, std::string>> settings;
  if (const auto port = low_port(profile))
    settings.emplace_back("net.ipv4.ip_unprivileged_port_start", std::to_string(*port));
  if (profile.ping_sockets) settings.emplace_back("net.ipv4.ping_group_range", "0 2147483647");
  return settings;
}

}  // namespace profilegen

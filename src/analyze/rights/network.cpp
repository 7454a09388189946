// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rights/network_names.h"
#include "steps.h"

namespace profilegen {
namespace {

// Sockets that work in a container without a network, too.
bool is_local_family(std::string_view family) { return family == "unix" || family == "netlink"; }

bool is_ip(std::string_view family) { return family == "inet" || family == "inet6"; }

// Whether each kind of IP sockets was used only on the loopback device, and no use can have gone unseen. Only for
// containers with a network namespace of their own: on a shared loopback device other processes can be reached.
bool is_loopback_only(const Trace& trace) {
  std::set<std::pair<uint32_t, uint32_t>> made;
  std::set<std::pair<uint32_t, uint32_t>> used;
  for (const auto& [key, evidence] : trace.sockets) {
    const std::string_view family = network_family_name(key.family);
    if (is_local_family(family)) continue;
    if (!is_ip(family) || key.use == SocketUse::beyond) return false;
    (key.use == SocketUse::made ? made : used).emplace(key.family, key.type);
  }
  const bool is_seen = std::ranges::none_of(trace.syscalls, [](const auto& fact) {
    return fact.first.phase == Phase::app && syscall_label(fact.first.arch, fact.first.number) == "socketcall";
  });
  return is_seen && std::ranges::includes(used, made) && std::ranges::all_of(trace.runs, [](const auto& run) {
           return run.second.subject.own_network && !run.second.io_uring;
         });
}

bool needs_network(const Trace& trace) {
  return !std::ranges::all_of(trace.sockets, [](const auto& socket) {
    return is_local_family(network_family_name(socket.first.family));
  }) && !is_loopback_only(trace);
}

}  // namespace

void add_network(const Trace& trace, Profile& profile) {
  for (const auto& [key, evidence] : trace.sockets) {
    const std::string_view family = network_family_name(key.family);
    const std::string_view type = socket_type_name(key.type);
    if (!family.empty() && !type.empty()) {
      profile.network.emplace(family, type);
      continue;
    }
    profile.notes.push_back(
        fmt::format("the program made a socket of family {} and type {}, for which AppArmor has no word: under the "
                    "AppArmor profile it is refused, without that profile it works",
                    key.family, key.type));
  }
  profile.needs_network = needs_network(trace);
}

}  // namespace profilegen

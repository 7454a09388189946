// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "profilegen/emitter.h"
#include "support/network_rules.h"

namespace profilegen {
namespace {

std::string port_note(const std::string& engine, const std::string& what) {
  return fmt::format("the program listens on a port below 1024, which Docker allows to everybody, and {} does not: {}",
                     engine, what);
}

std::vector<std::string> of_podman(const Profile& profile) {
  std::vector<std::string> notes;
  if (const auto port = low_port(profile))
    notes.push_back(port_note(
        "podman",
        fmt::format("the --sysctl of the flags allows those from {} on: nothing to do, but with --network=host "
                    "give --cap-add=NET_BIND_SERVICE instead of it",
                    *port)));
  if (profile.ping_sockets && !profile.as_root)
    notes.emplace_back(
        "the program makes ping sockets, which podman allows to group 0 alone: add "
        "--sysctl='net.ipv4.ping_group_range=0 2147483647' to your command, since a list of flags can't have a blank "
        "in "
        "it");
  return notes;
}

std::vector<std::string> of_namespace(const Profile& profile, const std::string& engine, const std::string& ports,
                                      const std::string& pings) {
  std::vector<std::string> notes;
  if (const auto port = low_port(profile))
    notes.push_back(port_note(engine, fmt::format("{} allows those from {} on: nothing to do", ports, *port)));
  if (profile.ping_sockets)
    notes.push_back(fmt::format(
        "the program makes ping sockets, which Docker allows by itself: {} allows them here, too: nothing to "
        "do",
        pings));
  return notes;
}

std::vector<std::string> of_systemd(const Profile& profile) {
  std::vector<std::string> notes;
  if (low_port(profile))
    notes.push_back(port_note("a service's network", "CAP_NET_BIND_SERVICE is added, nothing to do"));
  if (profile.ping_sockets)
    notes.emplace_back(
        "the program makes ping sockets: allow them to the service's group with the machine's "
        "net.ipv4.ping_group_range, see icmp(7)");
  return notes;
}

}  // namespace

std::vector<std::string> network_notes(std::string_view format, const Profile& profile) {
  if (format == "podman") return of_podman(profile);
  if (format == "kubernetes")
    return of_namespace(profile, "Kubernetes", "securityContext.sysctls (safe since Kubernetes 1.22)",
                        "securityContext.sysctls (safe since Kubernetes 1.18)");
  if (format == "oci") return of_namespace(profile, "an OCI runtime", "linux.sysctl", "linux.sysctl");
  if (format == "systemd") return of_systemd(profile);
  return {};
}

}  // namespace profilegen

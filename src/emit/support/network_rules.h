// SPDX-License-Identifier: Apache-2.0
// Docker lets everybody bind any port and make ping sockets in a container's own network namespace
// (daemon/oci_linux.go in moby: net.ipv4.ip_unprivileged_port_start=0, net.ipv4.ping_group_range=0 2147483647). Other
// engines leave the kernel's defaults, so what was recorded under Docker may fail there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "profilegen/profile.h"

namespace profilegen {

/// The lowest port, where one below 1024 is bound without NET_BIND_SERVICE.
std::optional<uint32_t> low_port(const Profile& profile);

/// The settings of a network namespace under which the recorded ports and ping sockets can be used, as {name, value}.
/// The tightest that do: ports below the lowest stay privileged.
std::vector<std::pair<std::string, std::string>> network_sysctls(const Profile& profile);

}  // namespace profilegen

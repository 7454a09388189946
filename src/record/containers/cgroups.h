// SPDX-License-Identifier: Apache-2.0
// Which cgroup hierarchy tells containers apart, and which cgroup a process is in (cgroups(7)).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace profilegen {

/// Id of the hierarchy that holds the pids controller, 0 for cgroup v2: engines put every container into one there.
int container_hierarchy(std::string_view proc_self_cgroup);

/// Path within that hierarchy, from the text of /proc/PID/cgroup.
std::optional<std::string> cgroup_path(std::string_view proc_cgroup, int hierarchy);

/// The path up to the nearest cgroup that is named after a container; all of it when none is. crun and systemd put
/// processes into cgroups below that one.
std::string containers_own(const std::string& path);

/// The kernel's id of the cgroup that stands for a process's container: the inode of its directory. nullopt when the
/// process or the mount is gone.
std::optional<uint64_t> cgroup_of_process(int pid, int hierarchy);

}  // namespace profilegen

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

/// The kernel's id of a process's cgroup: the inode of its directory. nullopt when the process or the mount is gone.
std::optional<uint64_t> cgroup_of_process(int pid, int hierarchy);

}  // namespace profilegen

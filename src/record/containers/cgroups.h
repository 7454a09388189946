// SPDX-License-Identifier: Apache-2.0
// Finds the cgroup hierarchy that distinguishes containers, and the cgroup of a process (cgroups(7)).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace profilegen {

/// Id of the hierarchy with the pids controller, or 0 for cgroup v2. Engines give every container a cgroup there.
int container_hierarchy(std::string_view proc_self_cgroup);
/// The same for this process.
int container_hierarchy();

/// The path within that hierarchy, taken from the text of /proc/PID/cgroup.
std::optional<std::string> cgroup_path(std::string_view proc_cgroup, int hierarchy);

/// Cuts the path after the nearest cgroup that is named after a container; returns all of it if there is none. crun and
/// systemd put processes into further cgroups below that one.
std::string containers_own(const std::string& path);

/// The kernel's id of the cgroup of the process's container, which is the inode number of its directory. nullopt if the
/// process or the cgroup mount is gone.
std::optional<uint64_t> cgroup_of_process(int pid, int hierarchy);

/// The user who could make the cgroup of the process's container: 0 where all cgroups above it are root's, else the
/// owner of the topmost that is not. Anybody to whom a cgroup is delegated can give one below it any name, another
/// container's too. nullopt if the process or the cgroup mount is gone.
std::optional<uint32_t> maker_of_cgroup(int pid, int hierarchy);

/// The owner of the topmost directory above `path` and below `mount` that is not root's, else 0.
std::optional<uint32_t> owner_above(const std::string& mount, const std::string& path);

}  // namespace profilegen

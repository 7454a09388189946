// SPDX-License-Identifier: Apache-2.0
// Describes the run in a trace: everything but the facts.
#pragma once

#include "containers/live_run.h"
#include "kernel/bpf_session.h"

namespace profilegen {

/// Tells for each mount of a container whether it comes from the image, the engine or the user.
std::vector<Mount> describe_mounts(const MountTable& table, const std::optional<ContainerInfo>& info);

/// The mounts of the host, for a process tree.
std::vector<Mount> describe_host_mounts(const MountTable& table);

/// Looks around in the container for the last time, then closes its root: an open descriptor keeps the file system
/// mounted, and a restart of the container would find it in use.
void look_around(LiveRun& live);

/// To be called after look_around().
Run describe_run(const LiveRun& live, const BpfSession& session);

/// Loss counters above 0, by their names in loss.def.
std::map<std::string, uint64_t> losses(const BpfSession& session);

}  // namespace profilegen

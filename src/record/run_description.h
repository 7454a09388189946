// SPDX-License-Identifier: Apache-2.0
// What a trace says of its run besides the facts.
#pragma once

#include "containers/target.h"
#include "kernel/bpf_session.h"

namespace profilegen {

/// Where each mount of a container comes from: the image, the engine, or its user.
std::vector<Mount> describe_mounts(const MountTable& table, const std::optional<ContainerInfo>& info);

/// The host's own mounts, for a process tree.
std::vector<Mount> describe_host_mounts(const MountTable& table);

/// Looks around in the container for the last time, and lets go of its root: a descriptor on it keeps its file system
/// mounted, which a restart of the container would find in use.
void look_around(Target& target);

/// After look_around().
Run describe_run(const Target& target, const BpfSession& session);

/// What was lost so far, by the names of loss.def; only what is above 0.
std::map<std::string, uint64_t> losses(const BpfSession& session);

}  // namespace profilegen

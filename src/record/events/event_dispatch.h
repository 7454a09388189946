// SPDX-License-Identifier: Apache-2.0
// Hands each record of the ring buffer to the target that it belongs to.
#pragma once

#include <memory>

#include "containers/bundles.h"
#include "events/facts.h"

namespace profilegen {

/// Does at once what can't wait until earlier events are handled, because what it needs may soon be gone: reads the
/// files of a container that is being set up, makes a target from a container's first process, keeps a thread's mount
/// namespace and the memory map of a process.
void look_at_event(Targets& targets, Bundles& bundles, const void* data, size_t size, uint64_t begin_ns);

/// Handles the event in its turn. Ignores an unknown type, and an event that belongs to no target.
void dispatch_event(Targets& targets, const void* data, size_t size);

/// The target for recording 0 of a process tree, which sees files from the mount namespace of process `pid`.
std::unique_ptr<Target> make_tree_target(uint64_t begin_ns, int pid);

}  // namespace profilegen

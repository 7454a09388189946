// SPDX-License-Identifier: Apache-2.0
// Hands each record of the ring buffer to the run that it belongs to.
#pragma once

#include <memory>

#include "containers/bundles.h"
#include "events/facts.h"

namespace profilegen {

/// Does at once what can't wait until earlier events are handled, because what it needs may soon be gone: reads the
/// files of a container that is being set up, makes a run from a container's first process, keeps a thread's mount
/// namespace and the memory map of a process.
void look_at_event(LiveRuns& runs, Bundles& bundles, const void* data, size_t size, uint64_t begin_ns);

/// Handles the event in its turn. Ignores an unknown type, and an event that belongs to no run.
void dispatch_event(LiveRuns& runs, const void* data, size_t size);

/// Run 0, that of a process tree, which sees files from the mount namespace of process `pid`.
std::unique_ptr<LiveRun> make_tree_run(uint64_t begin_ns, int pid);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// From the bytes of the ring buffer to the target that they are about.
#pragma once

#include <memory>

#include "containers/bundles.h"
#include "events/facts.h"

namespace profilegen {

/// What has to be looked at while it is there, however many events wait before this one: the files of a container that
/// is set up, its first process, which makes a new target, and the mount namespace of a thread.
void look_at_event(Targets& targets, Bundles& bundles, const void* data, size_t size, uint64_t begin_ns);

/// The event in its turn. What is not understood, or about no target, is passed over.
void dispatch_event(Targets& targets, const void* data, size_t size);

/// Recording 0 of a process tree, seen from the mount namespace of this process.
std::unique_ptr<Target> make_tree_target(uint64_t begin_ns, int pid);

}  // namespace profilegen

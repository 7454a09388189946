// SPDX-License-Identifier: Apache-2.0
// From the bytes of the ring buffer to the target that they are about.
#pragma once

#include <memory>

#include "facts.h"

namespace profilegen {

/// A container's begin makes a new target. What is not understood, or about no target, is passed over.
void dispatch_event(Targets& targets, const void* data, size_t size, uint64_t begin_ns);

/// Recording 0 of a process tree, seen from the mount namespace of this process.
std::unique_ptr<Target> make_tree_target(uint64_t begin_ns, int pid);

}  // namespace profilegen

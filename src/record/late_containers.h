// SPDX-License-Identifier: Apache-2.0
// Containers that run already when the recording begins.
#pragma once

#include <vector>

#include "bpf_session.h"
#include "container_filter.h"
#include "facts.h"

namespace profilegen {

/// Takes in every running container that the filter wants; those that are recorded already stay as they are.
Status attach_late(BpfSession& session, Targets& targets, const ContainerFilter& filter, const Engine& engine,
                   const std::vector<std::string>& client, int hierarchy, uint64_t begin_ns);

/// The number of the system call that a thread is blocked in, from the text of /proc/PID/task/TID/syscall.
std::optional<uint32_t> blocked_call(const std::string& text);

}  // namespace profilegen

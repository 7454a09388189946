// SPDX-License-Identifier: Apache-2.0
// Takes the arguments of calls from the kernel part's map.
#pragma once

#include "events/facts.h"
#include "kernel/bpf_session.h"

namespace profilegen {

/// True if arguments of this call are recorded.
bool has_arguments(const SyscallKey& call);

/// To be called after the calls themselves were taken. A call without stored arguments is recorded with any arguments.
void take_arguments(LiveRuns& runs, const BpfSession& session);

}  // namespace profilegen

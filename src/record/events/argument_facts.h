// SPDX-License-Identifier: Apache-2.0
// With which arguments calls were made, from the kernel part's map.
#pragma once

#include "events/facts.h"
#include "kernel/bpf_session.h"

namespace profilegen {

/// Whether there are any that are recorded.
bool has_arguments(const SyscallKey& call);

/// After the calls themselves were taken over: a call of which nothing could be stored is one with any arguments.
void take_arguments(Targets& targets, const BpfSession& session);

}  // namespace profilegen

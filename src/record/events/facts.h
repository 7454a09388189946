// SPDX-License-Identifier: Apache-2.0
// From what the kernel part found to facts of a trace.
#pragma once

#include <map>
#include <memory>
#include <set>

#include "containers/target.h"
#include "kernel/bpf_session.h"

namespace profilegen {

using Targets = std::map<uint32_t, std::unique_ptr<Target>>;  ///< by index

/// A call as the kernel part tells it: a set below PG_SETS, a pg_abi and a number.
SyscallKey call_of(uint32_t set, uint32_t abi, uint32_t number);

/// The first use of a call or of a kind of socket.
void add_call_event(Target& target, const pg_call_event& event);

/// Takes over the sets that live in maps: they hold every fact, also one whose event was lost.
void take_sets(Targets& targets, const BpfSession& session);

/// Capabilities that wanted targets needed so far, by number. `known` keeps names of functions from call to call.
std::set<uint32_t> capabilities_so_far(const Targets& targets, const BpfSession& session,
                                       std::map<uint64_t, std::string>& known);

}  // namespace profilegen

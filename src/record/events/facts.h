// SPDX-License-Identifier: Apache-2.0
// Turns the kernel part's findings into facts of a trace.
#pragma once

#include <map>
#include <memory>
#include <set>

#include "containers/live_run.h"
#include "kernel/bpf_session.h"

namespace profilegen {

using LiveRuns = std::map<uint32_t, std::unique_ptr<LiveRun>>;  ///< by their index

/// nullptr if there is no such run.
LiveRun* find_run(LiveRuns& runs, uint32_t index);

/// The call that the kernel part describes by a set (below PG_SETS), a pg_abi and a number.
SyscallKey call_of(uint32_t set, uint32_t abi, uint32_t number);

/// Records the first use of a call or of a kind of socket.
void add_call_event(LiveRun& live, const pg_call_event& event);

/// Takes over the sets in the BPF maps. They contain every fact, even if its event was lost.
void take_sets(LiveRuns& runs, const BpfSession& session);

/// The capabilities that wanted runs have needed so far, by number. `known` caches function names between calls.
std::set<uint32_t> capabilities_so_far(const LiveRuns& runs, const BpfSession& session,
                                       std::map<uint64_t, std::string>& known);

}  // namespace profilegen

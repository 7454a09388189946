// SPDX-License-Identifier: Apache-2.0
#include "events/argument_facts.h"

#include "kernel/call_table.h"
#include "profilegen/arguments.h"

namespace profilegen {
namespace {

size_t count_of(const SyscallKey& call) {
  return recorded_arguments(call.arch, syscall_label(call.arch, call.number)).size();
}

void add_stored(LiveRun& live, const pg_argument_key& key, const pg_argument_fact& fact) {
  if (key.summary != 0 && fact.any == 0) return;  // every value was stored, so the summary adds nothing
  const SyscallKey call = call_of(key.set, key.abi, key.number);
  ArgumentValues values;
  if (key.summary == 0) values.assign(key.values, key.values + count_of(call));
  live.facts.arguments.try_emplace({call, std::move(values)}, live.evidence(fact.first));
}

// Records "any arguments" for calls without stored values: the kernel part had no room for the first ones, or a thread
// was blocked in the call when the recording began.
void add_unbounded(LiveRun& live) {
  for (const auto& [call, evidence] : live.facts.syscalls) {
    if (count_of(call) == 0) continue;
    const auto first = live.facts.arguments.lower_bound({call, {}});
    if (first == live.facts.arguments.end() || first->first.call != call)
      live.facts.arguments.emplace(ArgumentKey{call, {}}, evidence);
  }
}

}  // namespace

bool has_arguments(const SyscallKey& call) { return count_of(call) != 0; }

void take_arguments(LiveRuns& runs, const BpfSession& session) {
  for (const auto& [key, fact] : session.arguments())
    if (const auto live = runs.find(key.run);
        live != runs.end() && key.set < PG_SETS && key.abi < arches_by_abi().size())
      add_stored(*live->second, key, fact);
  for (auto& [index, live] : runs) {
    add_unbounded(*live);
    widen_arguments(live->facts.arguments);
  }
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// Limits calls to the arguments that were recorded.
#include "profilegen/arguments.h"

#include "profilegen/clone3.h"
#include "steps.h"

namespace profilegen {
namespace {

// CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET (linux/sched.h). The other flags differ between C
// library versions.
constexpr uint32_t kNewNamespaces = 0x7e020000;

using Rows = std::map<CallKey, std::set<ArgumentValues>>;

Rows rows_of(const Trace& trace) {
  Rows rows;
  for (const auto& [key, evidence] : trace.arguments)
    if (key.call.phase == Phase::app)
      rows[{key.call.arch, syscall_label(key.call.arch, key.call.number)}].insert(key.values);
  return rows;
}

ArgumentRule rule_of(const std::vector<CallArgument>& arguments, const ArgumentValues& values, uint32_t mask) {
  ArgumentRule rule;
  for (size_t place = 0; place < arguments.size(); ++place) {
    const uint32_t bits = arguments[place].mask & mask;
    rule.push_back({arguments[place].index, bits, values[place] & bits});
  }
  return rule;
}

}  // namespace

ArgumentRule without_namespaces() { return {{0, kNewNamespaces, 0}}; }

void add_arguments(const Trace& trace, const AnalyzeOptions& options, Profile& profile) {
  const Rows rows = rows_of(trace);
  for (const auto& [call, who] : profile.calls) {
    const bool is_clone = call.name == "clone";
    // The runtime's arguments are not recorded, so a call that it makes, too, stays unrestricted.
    if (who != std::set<NeededBy>{NeededBy::app} || (!options.arguments && !is_clone)) continue;
    const auto arguments = recorded_arguments(call.arch, call.name);
    const auto made = rows.find(call);
    if (arguments.empty() || made == rows.end() || made->second.contains({})) continue;
    for (const ArgumentValues& values : made->second)
      profile.arguments[call].insert(rule_of(arguments, values, is_clone ? kNewNamespaces : ~0U));
  }
}

}  // namespace profilegen

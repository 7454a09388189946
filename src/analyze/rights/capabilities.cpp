// SPDX-License-Identifier: Apache-2.0
#include "profilegen/capabilities.h"

#include <algorithm>
#include <tuple>

#include "steps.h"

namespace profilegen {
namespace {

constexpr uint32_t kDacOverride = 1;
constexpr uint32_t kDacReadSearch = 2;

// Memory overcommit asks for SYS_ADMIN on each mmap and fork, and checks of this kind only ask: a refusal changes
// nothing.
bool only_asks(const std::string& call_site) {
  return call_site.find("noaudit") != std::string::npos || call_site.find("vm_enough_memory") != std::string::npos;
}

// Of one capability, in any verdict, where `place` was asked for: by run.
std::map<RunId, uint64_t> counts_at(const Trace& trace, const CapabilityKey& place, uint32_t number) {
  std::map<RunId, uint64_t> counts;
  for (const auto& [key, fact] : trace.capabilities) {
    if (key.number != number) continue;
    if (std::tie(key.arch, key.syscall, key.call_site) != std::tie(place.arch, place.syscall, place.call_site))
      continue;
    for (const auto& [run, count] : fact.counts) counts[run] += count;
  }
  return counts;
}

// Whoever reads a file or searches a directory is asked for DAC_READ_SEARCH first, which would do, and then, if that is
// denied, for DAC_OVERRIDE; whoever writes is asked for DAC_OVERRIDE alone (generic_permission in fs/namei.c). So where
// a run has as many checks of the one as of the other, all were reads.
bool all_were_reads(const Trace& trace, const CapabilityKey& granted) {
  const auto searches = counts_at(trace, granted, kDacReadSearch);
  return std::ranges::all_of(counts_at(trace, granted, kDacOverride), [&searches](const auto& run) {
    const auto found = searches.find(run.first);
    return found != searches.end() && found->second >= run.second;
  });
}

// Docker's default set has DAC_OVERRIDE without DAC_READ_SEARCH: what needs the narrower one shows as the wider one.
std::set<uint32_t> needed_numbers(const Trace& trace) {
  std::set<uint32_t> numbers;
  bool only_reads = false;
  for (const auto& [key, fact] : trace.capabilities) {
    if (key.verdict != CapVerdict::needed) continue;
    if (key.number == kDacOverride && all_were_reads(trace, key))
      only_reads = true;
    else
      numbers.insert(key.number);
  }
  if (only_reads && !numbers.contains(kDacOverride)) numbers.insert(kDacReadSearch);
  return numbers;
}

// A denied DAC_READ_SEARCH that the wider capability made good for.
bool is_made_good(const Trace& trace, CapabilityKey denied) {
  if (denied.number != kDacReadSearch) return false;
  denied.number = kDacOverride;
  denied.verdict = CapVerdict::needed;
  return trace.capabilities.contains(denied);
}

}  // namespace

std::map<CapabilityKey, CapabilityFact> denied_capabilities(const Trace& trace) {
  std::map<CapabilityKey, CapabilityFact> denied;
  for (const auto& [key, fact] : trace.capabilities)
    if (key.verdict == CapVerdict::denied && !only_asks(key.call_site) && !is_made_good(trace, key))
      denied.emplace(key, fact);
  return denied;
}

void add_capabilities(const Trace& trace, Profile& profile) {
  const std::set<uint32_t> needed = needed_numbers(trace);
  for (const uint32_t number : needed) profile.capabilities.insert(capability_name(number));
  for (const auto& [key, fact] : denied_capabilities(trace))
    if (!needed.contains(key.number)) profile.denied_capabilities.insert(capability_name(key.number));
}

}  // namespace profilegen

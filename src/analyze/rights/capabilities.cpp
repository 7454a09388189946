// SPDX-License-Identifier: Apache-2.0
#include "profilegen/capabilities.h"

#include <algorithm>
#include <tuple>

#include "files/own_names.h"
#include "profilegen/paths.h"
#include "steps.h"

namespace profilegen {
namespace {

constexpr uint32_t kDacOverride = 1;
constexpr uint32_t kDacReadSearch = 2;

// Checks that are only queries: a denial changes nothing. Memory overcommit checks SYS_ADMIN like this in each mmap and
// fork.
bool only_asks(const std::string& call_site) {
  return call_site.find("noaudit") != std::string::npos || call_site.find("vm_enough_memory") != std::string::npos;
}

// How often each run checked the capability at this call site, whatever the verdict.
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

// For reading a file or searching a directory the kernel checks DAC_READ_SEARCH first, which would suffice, and if that
// is denied, DAC_OVERRIDE. For writing it checks only DAC_OVERRIDE (generic_permission in fs/namei.c). So if a run has
// as many checks of the first as of the second, all of them were reads.
bool all_were_reads(const Trace& trace, const CapabilityKey& granted) {
  const auto searches = counts_at(trace, granted, kDacReadSearch);
  return std::ranges::all_of(counts_at(trace, granted, kDacOverride), [&searches](const auto& run) {
    const auto found = searches.find(run.first);
    return found != searches.end() && found->second >= run.second;
  });
}

// Whether DAC_OVERRIDE would have been accepted at this check of DAC_READ_SEARCH, too. open_by_handle_at(2), for one,
// accepts no other.
bool accepts_override(const CapabilityKey& granted) {
  return granted.number == kDacReadSearch && granted.call_site.find("generic_permission") != std::string::npos;
}

// Only one of the two is granted where one suffices: the narrower, unless the wider one is needed anyway. Docker's
// default set has DAC_OVERRIDE but not DAC_READ_SEARCH, so a need for the narrower one is recorded as the wider one.
std::set<uint32_t> checked_numbers(const Trace& trace) {
  std::set<uint32_t> numbers;
  bool only_reads = false;
  for (const auto& [key, fact] : trace.capabilities) {
    if (key.verdict != CapVerdict::needed) continue;
    if (accepts_override(key) || (key.number == kDacOverride && all_were_reads(trace, key)))
      only_reads = true;
    else
      numbers.insert(key.number);
  }
  if (only_reads && !numbers.contains(kDacOverride)) numbers.insert(kDacReadSearch);
  return numbers;
}

std::set<uint32_t> numbers_of(const Trace& trace, CapVerdict verdict) {
  std::set<uint32_t> numbers;
  for (const auto& [key, fact] : trace.capabilities)
    if (key.verdict == verdict) numbers.insert(key.number);
  return numbers;
}

// Whether DAC_READ_SEARCH was denied, but DAC_OVERRIDE was granted in its place.
bool is_made_good(const Trace& trace, CapabilityKey denied) {
  if (denied.number != kDacReadSearch) return false;
  denied.number = kDacOverride;
  denied.verdict = CapVerdict::needed;
  return trace.capabilities.contains(denied);
}

/// What is the same in each recording: no names that the application made up, and not what the call itself changed.
CapabilityObject lasting(CapabilityObject object, const std::map<std::string, std::string>& made_up) {
  if (made_up.contains(object.name)) object.name = parent_directory(object.name) + "/*";
  if (object.kind == ObjectKind::CHOWN || object.kind == ObjectKind::CHMOD) object.mode.reset();
  return object;
}

void add_objects(const Trace& trace, Profile& profile) {
  const auto made_up = own_names(trace);
  for (const auto& [key, fact] : trace.capabilities) {
    if (key.verdict != CapVerdict::needed) continue;
    const std::string own = capability_name(key.number);
    const std::string name = profile.capabilities.contains(own) ? own : capability_name(kDacReadSearch);
    std::set<CapabilityObject> objects;
    for (const auto& [object, first] : fact.objects) objects.insert(lasting(object, made_up));
    add_capability_objects(profile, name, std::move(objects));
  }
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
  const std::set<uint32_t> checked = checked_numbers(trace);
  const std::set<uint32_t> demanded = numbers_of(trace, CapVerdict::file);
  const std::set<uint32_t> kept = numbers_of(trace, CapVerdict::kept);
  std::set<uint32_t> needed = checked;
  needed.insert(demanded.begin(), demanded.end());
  needed.insert(kept.begin(), kept.end());
  for (const uint32_t number : needed) profile.capabilities.insert(capability_name(number));
  for (const auto& [key, fact] : denied_capabilities(trace))
    if (!needed.contains(key.number)) profile.denied_capabilities.insert(capability_name(key.number));
  for (const uint32_t number : demanded) profile.file_capabilities.insert(capability_name(number));
  for (const uint32_t number : kept)
    if (!checked.contains(number) && !demanded.contains(number))
      profile.kept_capabilities.insert(capability_name(number));
  add_objects(trace, profile);
}

}  // namespace profilegen

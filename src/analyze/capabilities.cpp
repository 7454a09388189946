// SPDX-License-Identifier: Apache-2.0
#include "profilegen/capabilities.h"

#include <fmt/format.h>

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

std::set<uint32_t> denied_in_earnest(const Trace& trace) {
  std::set<uint32_t> numbers;
  for (const auto& [key, evidence] : trace.capabilities) {
    if (key.verdict == CapVerdict::denied && !only_asks(key.call_site)) numbers.insert(key.number);
  }
  return numbers;
}

// Within link_path_walk each check is for the search of a directory (may_lookup in fs/namei.c). There
// generic_permission asks for DAC_READ_SEARCH first, which does. Elsewhere one call site can serve reads as well as
// writes.
bool only_searched(const Trace& trace, const CapabilityKey& granted) {
  CapabilityKey narrower = granted;
  narrower.number = kDacReadSearch;
  narrower.verdict = CapVerdict::denied;
  return granted.call_site.find("<link_path_walk") != std::string::npos && trace.capabilities.contains(narrower);
}

// Docker's default set has DAC_OVERRIDE without DAC_READ_SEARCH: what needs the narrower one shows as the wider one.
std::set<uint32_t> needed_numbers(const Trace& trace) {
  std::set<uint32_t> numbers;
  bool searched = false;
  for (const auto& [key, evidence] : trace.capabilities) {
    if (key.verdict != CapVerdict::needed) continue;
    if (key.number == kDacOverride && only_searched(trace, key))
      searched = true;
    else
      numbers.insert(key.number);
  }
  if (searched && !numbers.contains(kDacOverride)) numbers.insert(kDacReadSearch);
  return numbers;
}

}  // namespace

void add_capabilities(const Trace& trace, Profile& profile) {
  const std::set<uint32_t> needed = needed_numbers(trace);
  const std::set<uint32_t> denied = denied_in_earnest(trace);
  for (const uint32_t number : needed) profile.capabilities.insert(capability_name(number));
  for (const uint32_t number : denied) {
    if (needed.contains(number)) continue;
    profile.notes.push_back(fmt::format("asked for CAP_{} and was denied", capability_name(number)));
  }
  // The kernel asks for the narrower one first where it would do, and falls back on the wider one.
  if (needed.contains(kDacOverride) && denied.contains(kDacReadSearch) && !needed.contains(kDacReadSearch)) {
    profile.notes.push_back(
        "CAP_DAC_READ_SEARCH may do instead of CAP_DAC_OVERRIDE: it was asked for first, and denied");
  }
}

}  // namespace profilegen

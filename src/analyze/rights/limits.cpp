// SPDX-License-Identifier: Apache-2.0
// Peaks differ from run to run. Rounding them up to a power of two with headroom gives most runs the same value, so the
// profile stays the same.
#include <sys/resource.h>

#include <algorithm>
#include <bit>

#include "steps.h"

namespace profilegen {
namespace {

constexpr uint64_t kLeastTasks = 16;                 // an engine's exec and health check start the runtime's threads
constexpr uint64_t kLeastMemory = 16 * 1024 * 1024;  // the same, and Docker refuses less than 6 MiB

uint64_t at_least(uint64_t wanted, uint64_t least) { return std::bit_ceil(std::max(wanted, least)); }

struct HeadRoom {
  std::string_view name;
  uint64_t (*limit)(uint64_t peak);
};
constexpr std::array<HeadRoom, 3> kHeadRooms{{
    {"memory", [](uint64_t peak) { return at_least(peak + peak / 2, kLeastMemory); }},
    {"tasks", [](uint64_t peak) { return at_least(peak * 2, kLeastTasks); }},
    {"descriptors", [](uint64_t peak) { return at_least(peak * 2, 1); }},
}};

// Code of a program may have been in memory before, charged to another container.
uint64_t code_of(const Run& run, std::string_view peak) {
  const auto programs = run.peaks.find("programs");
  return peak == "memory" && programs != run.peaks.end() ? programs->second : 0;
}

bool is_limit_call(std::string_view name) {
  return name == "prlimit64" || name == "getrlimit" || name == "ugetrlimit" || name == "setrlimit";
}

// Whether the call was, or may have been, about the limit of descriptors: it was recorded with that argument, with too
// many arguments to list, or by a version that did not record arguments.
bool may_be_for_descriptors(const Trace& trace, const SyscallKey& call) {
  auto row = trace.arguments.lower_bound({call, {}});
  const auto is_of_call = [&] { return row != trace.arguments.end() && row->first.call == call; };
  if (!is_of_call()) return true;
  for (; is_of_call(); ++row)
    if (row->first.values.empty() || row->first.values.front() == RLIMIT_NOFILE) return true;
  return false;
}

// A program that asks how many descriptors it may have adapts to the answer, or ends when it is too small (memcached
// does). The argument must be looked at, since every threaded program asks for a limit: the C library for RLIMIT_STACK.
bool asks_for_descriptors(const Trace& trace) {
  return std::ranges::any_of(trace.syscalls, [&](const auto& fact) {
    const SyscallKey& call = fact.first;
    return call.phase == Phase::app && is_limit_call(syscall_label(call.arch, call.number)) &&
           may_be_for_descriptors(trace, call);
  });
}

}  // namespace

void add_limits(const Trace& trace, Profile& profile) {
  for (const auto& [name, limit] : kHeadRooms) {
    uint64_t peak = 0;
    const bool is_known = std::ranges::all_of(trace.runs, [&, name = name](const auto& run) {
      const auto found = run.second.peaks.find(std::string(name));
      if (found == run.second.peaks.end()) return false;
      peak = std::max(peak, found->second + code_of(run.second, name));
      return true;
    });
    constexpr uint64_t most = uint64_t{1} << 60;  // below this, a power of two with headroom fits into 64 bits
    if (is_known && peak != 0 && peak < most) profile.limits.emplace(name, limit(peak));
  }
  if (asks_for_descriptors(trace)) profile.limits.erase("descriptors");
}

}  // namespace profilegen

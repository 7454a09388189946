// SPDX-License-Identifier: Apache-2.0
#include "events/blocked_calls.h"

#include <algorithm>
#include <charconv>

#include "profilegen/process/small_file.h"

namespace profilegen {
namespace {

constexpr uint32_t kX32Bit = 0x40000000;  // as in bpf/x86_64/registers.h

std::string first_line_of(const std::string& path) {
  const std::string text = read_small_file(path);
  return text.substr(0, text.find('\n'));
}

void add_blocked_call(LiveRun& live, const pg_taken& thread) {
  const std::string directory = "/proc/" + std::to_string(thread.pid) + "/task/" + std::to_string(thread.tid);
  const auto call = blocked_call(first_line_of(directory + "/syscall"), thread.compat != 0);
  if (!call) return;
  pg_first first{};
  first.ns = live.begin_ns;
  first.pid = thread.pid;
  first.tid = thread.tid;
  const std::string comm = first_line_of(directory + "/comm");
  std::copy_n(comm.begin(), std::min(comm.size(), sizeof first.program - 1), first.program);
  live.facts.syscalls.try_emplace(*call, live.evidence(first));
}

}  // namespace

std::optional<SyscallKey> blocked_call(const std::string& text, bool compat) {
  uint32_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc() || parsed.ptr == text.data() + text.size() || *parsed.ptr != ' ') return std::nullopt;
  if (compat) return call_of(PG_SET_APP, PG_COMPAT, number);
  const bool x32 = (number & ~(PG_CALLS - 1U)) == kX32Bit;
  return x32 ? call_of(PG_SET_APP, PG_X32, number & ~kX32Bit) : call_of(PG_SET_APP, PG_NATIVE, number);
}

void add_blocked_calls(LiveRuns& runs, const std::vector<pg_taken>& taken) {
  for (const pg_taken& thread : taken)
    if (const auto live = runs.find(thread.run); live != runs.end()) add_blocked_call(*live->second, thread);
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "events/blocked_calls.h"

#include <algorithm>
#include <charconv>

#include "profilegen/process/small_file.h"

namespace profilegen {
namespace {

std::string first_line_of(const std::string& path) {
  const std::string text = read_small_file(path);
  return text.substr(0, text.find('\n'));
}

void add_blocked_call(Target& target, const pg_taken& thread) {
  const std::string directory = "/proc/" + std::to_string(thread.pid) + "/task/" + std::to_string(thread.tid);
  const auto number = blocked_call(first_line_of(directory + "/syscall"));
  if (!number) return;
  pg_first first{};
  first.ns = target.begin_ns;
  first.pid = thread.pid;
  first.tid = thread.tid;
  const std::string comm = first_line_of(directory + "/comm");
  std::copy_n(comm.begin(), std::min(comm.size(), sizeof first.program - 1), first.program);
  target.facts.syscalls.try_emplace({Phase::app, native_arch(), *number}, target.evidence(first));
}

}  // namespace

std::optional<uint32_t> blocked_call(const std::string& text) {
  uint32_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc() || parsed.ptr == text.data() + text.size() || *parsed.ptr != ' ') return std::nullopt;
  return number;
}

void add_blocked_calls(Targets& targets, const std::vector<pg_taken>& taken) {
  for (const pg_taken& thread : taken)
    if (const auto target = targets.find(thread.recording); target != targets.end())
      add_blocked_call(*target->second, thread);
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "events/blocked_calls.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <sstream>

#include "kernel/call_table.h"
#include "profilegen/continued_calls.h"
#include "profilegen/process/process_status.h"
#include "profilegen/process/small_file.h"

namespace profilegen {
namespace {

constexpr uint32_t kX32Bit = 0x40000000;  // as in bpf/x86_64/registers.h

std::string first_line_of(const std::string& path) {
  const std::string text = read_small_file(path);
  return text.substr(0, text.find('\n'));
}

pg_first first_of(const LiveRun& live, const pg_taken& thread, const std::string& directory) {
  pg_first first{};
  first.ns = live.begin_ns;
  first.pid = thread.pid;
  first.tid = thread.tid;
  const std::string comm = first_line_of(directory + "/comm");
  std::copy_n(comm.begin(), std::min(comm.size(), sizeof first.program - 1), first.program);
  return first;
}

void add_blocked_call(LiveRun& live, const pg_taken& thread) {
  const std::string directory = "/proc/" + std::to_string(thread.pid) + "/task/" + std::to_string(thread.tid);
  const Evidence evidence = live.evidence(first_of(live, thread, directory));
  const std::string text = first_line_of(directory + "/syscall");
  const auto call = blocked_call(text, thread.compat != 0);
  if (call) live.facts.syscalls.try_emplace(*call, evidence);
  if (call && is_continued(text, *call))
    live.facts.behaviours.try_emplace({Behaviour::RESTARTABLE, call->arch, call->number}, evidence);
  const Arch own = call ? call->arch : call_of(PG_SET_APP, PG_NATIVE, 0).arch;
  if (has_handler(process_status(static_cast<int>(thread.pid))))
    live.facts.behaviours.try_emplace({Behaviour::SIGNAL_HANDLER, own, kNoSyscall}, evidence);
}

/// The call's six arguments in that text; 0 for what is missing.
std::array<uint64_t, 6> arguments_in(const std::string& text) {
  std::array<uint64_t, 6> arguments{};
  std::istringstream words(text);
  std::string word;
  words >> word;
  for (uint64_t& argument : arguments)
    if (words >> word) argument = std::strtoull(word.c_str(), nullptr, 16);
  return arguments;
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

bool is_continued(const std::string& text, const SyscallKey& call) {
  const auto target = call_target(call.arch, call.number);
  if (!target) return false;
  const auto arguments = arguments_in(text);
  const auto named = [&](int8_t index) { return index < 0 ? 0 : arguments.at(static_cast<size_t>(index)); };
  return pg_may_be_continued(target->kind, static_cast<uint32_t>(named(target->path)), named(target->flags)) != 0;
}

bool has_handler(const std::string& status) {
  return status_field(status, "SigCgt").find_first_not_of('0') != std::string::npos;
}

void add_blocked_calls(LiveRuns& runs, const std::vector<pg_taken>& taken) {
  for (const pg_taken& thread : taken)
    if (const auto live = runs.find(thread.run); live != runs.end()) add_blocked_call(*live->second, thread);
}

}  // namespace profilegen

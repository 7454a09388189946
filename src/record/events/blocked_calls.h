// SPDX-License-Identifier: Apache-2.0
// Records the calls in which threads were blocked when they were taken into their run, and the signal handlers that
// their processes had then. These calls are past their sys_enter, so the kernel part never sees them begin.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/facts.h"
#include "profilegen/abi.h"

namespace profilegen {

void add_blocked_calls(LiveRuns& runs, const std::vector<pg_taken>& taken);

/// The system call in which a thread is blocked, parsed from the text of /proc/PID/task/TID/syscall. The number there
/// is the one that the thread used, with x32's bit. Only the kernel part knows whether it is one of the 32-bit table
/// (`compat`).
std::optional<SyscallKey> blocked_call(const std::string& text, bool compat);

/// Whether the kernel would continue that call by restart_syscall(2) after a stop.
bool is_continued(const std::string& text, const SyscallKey& call);

/// Whether the process with this text of /proc/PID/status has a handler for some signal.
bool has_handler(const std::string& status);

}  // namespace profilegen

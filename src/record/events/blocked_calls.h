// SPDX-License-Identifier: Apache-2.0
// The calls that threads were blocked in when they were taken in: those never show a sys_enter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/facts.h"
#include "profilegen/abi.h"

namespace profilegen {

void add_blocked_calls(Targets& targets, const std::vector<pg_taken>& taken);

/// The system call that a thread is blocked in, from the text of /proc/PID/task/TID/syscall. That gives the number as
/// the thread did, with x32's bit; whether it is one of the 32-bit table (`compat`) only the kernel part knows.
std::optional<SyscallKey> blocked_call(const std::string& text, bool compat);

}  // namespace profilegen

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

/// The number of the system call that a thread is blocked in, from the text of /proc/PID/task/TID/syscall.
std::optional<uint32_t> blocked_call(const std::string& text);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// Records the calls in which threads were blocked when they were taken into the recording. These calls are past their
// sys_enter, so the kernel part never sees them begin.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/facts.h"
#include "profilegen/abi.h"

namespace profilegen {

void add_blocked_calls(Targets& targets, const std::vector<pg_taken>& taken);

/// The number of the system call in which a thread is blocked, parsed from the text of /proc/PID/task/TID/syscall.
std::optional<uint32_t> blocked_call(const std::string& text);

}  // namespace profilegen

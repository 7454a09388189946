// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace profilegen {

/// Text of /proc/PID/status; empty when there is no such process.
std::string process_status(int pid);

/// The value behind "NAME:\t" in such a text, to the end of its line; empty when it has none (proc(5)).
std::string status_field(const std::string& status, const std::string& name);

}  // namespace profilegen

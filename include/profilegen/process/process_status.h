// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace profilegen {

/// The text of /proc/PID/status; empty if there is no such process.
std::string process_status(int pid);

/// The text behind "NAME:\t" in such a file, up to the end of the line; empty if there is no such line (proc(5)).
std::string status_field(const std::string& status, const std::string& name);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace profilegen {

/// The text of /proc/PID/status; empty when there is no such process.
std::string process_status(int pid);

/// The value after "NAME:\t" in such a text, up to the end of the line; empty when there is no such field (proc(5)).
std::string status_field(const std::string& status, const std::string& name);

}  // namespace profilegen

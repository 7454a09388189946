// SPDX-License-Identifier: Apache-2.0
// Each function examines one part of the machine.
#pragma once

#include "profilegen/doctor.h"

namespace profilegen {

using Findings = std::vector<Finding>;

Findings examine_kernel(const Machine& machine);
Findings examine_hooks(const Trial& trial);
Findings examine_user(const Machine& machine);
Findings examine_settings(const Machine& machine);
Findings examine_cgroups(const Machine& machine);
Findings examine_engines(const Machine& machine);
Findings examine_runtimes(const Machine& machine);

/// The first line of a file, without the newline; "" if it can't be read.
std::string line_of(const std::string& path);
/// True if /proc/self/uid_map maps all ids to themselves. Only then do this process's capabilities count for BPF.
bool in_first_user_namespace(const Machine& machine);

}  // namespace profilegen

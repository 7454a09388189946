// SPDX-License-Identifier: Apache-2.0
// Each looks at one part of the machine.
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

/// The first line of a file, without its end; "" when it can't be read.
std::string line_of(const std::string& path);
/// Major and minor of "6.1.0-13-amd64", to compare with; {0, 0} when it is something else.
std::pair<int, int> kernel_version(const std::string& release);
/// /proc/self/uid_map maps all ids to themselves: capabilities are those that the kernel asks for.
bool in_first_user_namespace(const Machine& machine);

}  // namespace profilegen

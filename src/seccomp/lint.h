// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>

#include "seccomp_file.h"

namespace profilegen::seccomp {

/// What a person should know: one clause → the calls that it is about.
using Remarks = std::map<std::string, std::set<std::string>>;

/// Adds the clauses of seccomp_remarks().
void lint_file(const SeccompFile& file, Remarks& remarks);

}  // namespace profilegen::seccomp

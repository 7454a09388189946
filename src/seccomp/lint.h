// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>

#include "seccomp_file.h"

namespace profilegen::seccomp {

/// What a person should know: a clause, and the calls that it is about.
using Remarks = std::map<std::string, std::set<std::string>>;

/// What runtimes refuse, or read in another way than others or than it looks.
void lint_file(const SeccompFile& file, Remarks& remarks);

}  // namespace profilegen::seccomp

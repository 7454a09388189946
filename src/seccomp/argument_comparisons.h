// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <linux/filter.h>
#include <linux/seccomp.h>

#include <set>
#include <vector>

#include "profilegen/seccomp.h"

namespace profilegen::seccomp {

/// All comparisons of arguments that the program may make for the call with `data`'s number and architecture. They are
/// taken from the compiled program, not from rules, because libseccomp expands a rule to other calls, too: one for
/// socket is also one for i386's socketcall.
std::set<WordComparison> argument_comparisons(const std::vector<sock_filter>& program, const seccomp_data& data);

}  // namespace profilegen::seccomp

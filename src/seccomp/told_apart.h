// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <set>

#include "seccomp_file.h"

namespace profilegen::seccomp {

/// Adds argument values for which the comparison holds and for which it does not.
void add_told_apart(const Comparison& comparison, std::array<std::set<uint64_t>, 6>& values);

}  // namespace profilegen::seccomp

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <set>

#include "seccomp_file.h"

namespace profilegen::seccomp {

/// Adds values on each side of what the comparison asks.
void add_told_apart(const Comparison& comparison, std::array<std::set<uint64_t>, 6>& values);

}  // namespace profilegen::seccomp

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "profilegen/trace.h"

namespace profilegen {

/// Minimum and union: a join of a semilattice.
inline void join(Evidence& into, const Evidence& other) {
  into.first = std::min(into.first, other.first);
  into.runs.insert(other.runs.begin(), other.runs.end());
}

}  // namespace profilegen

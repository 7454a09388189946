// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "profilegen/trace.h"

namespace profilegen {

/// Minimum and union: a join of a semilattice.
inline void join(Evidence& into, const Evidence& other) {
  into.first = std::min(into.first, other.first);
  into.runs.insert(other.runs);
}

/// Equal, or several: the join of a semilattice, too.
inline void join(SyscallFact& into, const SyscallFact& other) {
  if (into.only != other.only) into.only.clear();
  join(static_cast<Evidence&>(into), other);
}

/// Of a run that was seen twice, at two checkpoints, the later saw more.
inline void join(CapabilityFact& into, const CapabilityFact& other) {
  for (const auto& [run, count] : other.counts) {
    uint64_t& known = into.counts[run];
    known = std::max(known, count);
  }
  join(static_cast<Evidence&>(into), other);
}

}  // namespace profilegen

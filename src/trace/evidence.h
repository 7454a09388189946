// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "profilegen/trace.h"

namespace profilegen {

/// The earlier sighting and the union of the runs. Both are joins of a semilattice, so the order of merging does not
/// matter.
inline void join(Evidence& into, const Evidence& other) {
  into.first = std::min(into.first, other.first);
  into.runs.insert(other.runs);
}

/// Keeps a program only when both sides name the same one: a join, too.
inline void join(SyscallFact& into, const SyscallFact& other) {
  if (into.only != other.only) into.only.clear();
  join(static_cast<Evidence&>(into), other);
}

/// The same run can come from two of its checkpoints; the later one counted more.
inline void join(CapabilityFact& into, const CapabilityFact& other) {
  for (const auto& [run, count] : other.counts) {
    uint64_t& known = into.counts[run];
    known = std::max(known, count);
  }
  for (const auto& [object, first] : other.objects) add_object(into.objects, object, first);
  keep_first_objects(into.objects);
  join(static_cast<Evidence&>(into), other);
}

}  // namespace profilegen

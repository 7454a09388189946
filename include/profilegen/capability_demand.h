// SPDX-License-Identifier: Apache-2.0
// Capabilities without a check: an executed file demands them, or a program puts them into one of its own sets.
#pragma once

#include "profilegen/trace.h"

namespace profilegen {

/// Such a demand was refused: an execve, whose file is `call_site`, or a set that capset(2) or prctl(2) was asked for.
bool is_refused_demand(const CapabilityKey& key);

/// The same, or a demand that was met.
bool is_demand(const CapabilityKey& key);

}  // namespace profilegen

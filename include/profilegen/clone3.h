// SPDX-License-Identifier: Apache-2.0
// clone3, which a filter can't look into, and clone in its place.
#pragma once

#include "profilegen/arguments.h"
#include "profilegen/trace.h"

namespace profilegen {

/// Of clone: no new namespace. The other flags differ between C library versions.
ArgumentRule without_namespaces();

/// Whether each run that called clone3 called it only in ways in which clone is used where there is no clone3. False
/// where it was not called, and for traces without behaviours.
bool falls_back_from_clone3(const Trace& trace, Arch arch);

}  // namespace profilegen

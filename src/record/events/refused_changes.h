// SPDX-License-Identifier: Apache-2.0
// What a mount refused: whether it alone did, or the call would have failed without it as well.
#pragma once

#include <string>

#include "containers/live_run.h"

namespace profilegen {

/// Adds a refused event (PG_FILE_REFUSED) to `live.refused` or `live.barred`.
void add_refused_event(LiveRun& live, const NamedEvent& named);

}  // namespace profilegen

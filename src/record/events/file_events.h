// SPDX-License-Identifier: Apache-2.0
// Turns file events of the kernel part into facts with paths as the container sees them.
#pragma once

#include <string_view>

#include "containers/live_run.h"

namespace profilegen {

/// `base` and `tail` are the paths that follow the event, as abi.h describes them.
void add_file_event(LiveRun& live, const pg_file_event& event, std::string_view base, std::string_view tail);

/// The thread's call has returned: its tentative operations happened if `done`, and are dropped otherwise.
void settle_file_events(LiveRun& live, uint32_t thread, bool done);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// Paths from the kernel part to facts in the container's own view.
#pragma once

#include <string_view>

#include "containers/target.h"

namespace profilegen {

/// `base` and `tail` as abi.h describes them behind the event.
void add_file_event(Target& target, const pg_file_event& event, std::string_view base, std::string_view tail);

/// The thread's call has returned: what it was about to do has been done, or nothing came of it.
void settle_file_events(Target& target, uint32_t thread, bool done);

}  // namespace profilegen

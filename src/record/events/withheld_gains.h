// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "containers/live_run.h"

namespace profilegen {

/// The program at `path` was executed. Adds it to `live.refused` if no-new-privileges kept from it what its set-id bits
/// or its capabilities would have given. That is no error of execve(2): the program just runs without.
void add_withheld_gain(LiveRun& live, const pg_file_event& event, const std::string& path);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// Capabilities that executed files demand.
#pragma once

#include <string>
#include <vector>

#include "containers/live_run.h"

namespace profilegen {

/// The program at `path` was executed: execve counted its capabilities.
void add_executed_capabilities(LiveRun& live, const pg_file_event& event, const std::string& path);

/// What execve of `path` executes: the file and, of a script, its interpreters. The last one's capabilities count.
std::vector<std::string> executed_files(const LiveRun& live, const std::string& path);

/// execve of `path` was not permitted. Records which capabilities of the file its bounding set lacks, if any.
void add_refused_program(LiveRun& live, const pg_file_event& event, const std::string& path);

}  // namespace profilegen

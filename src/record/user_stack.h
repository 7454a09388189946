// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "path_resolver.h"
#include "profilegen/abi.h"

namespace profilegen {

/// Where the program stood, innermost first: "mkdir+0xb (/usr/lib/x86_64-linux-gnu/libc.so.6)", without the function
/// where the file has no name for it. As far as its files have tables to unwind by (.eh_frame), or frame pointers.
/// `maps` is the process's proc_pid_maps(5), `files` the container's root.
std::vector<std::string> unwind(const pg_stack_event& event, const std::string& maps, const PathResolver& files);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "files/file_facts.h"
#include "paths/path_resolver.h"

namespace profilegen {

/// Bytes of all files that were executed or mapped as code. The kernel charges a page of a file to the cgroup that
/// reads it first, which may have been another container's. Under a limit of its own memory a program must have room
/// for them.
uint64_t size_of_programs(const FileFacts& files, const PathResolver& container);

}  // namespace profilegen

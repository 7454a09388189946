// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "path_resolver.h"
#include "profilegen/abi.h"

namespace profilegen {

/// A file with code of a process, and the lowest address at which it is mapped.
struct MappedFile {
  std::string path;
  uint64_t begin = 0;
  UniqueFd file;
};

/// `maps` is the process's proc_pid_maps(5), `container` the root that its paths are seen from.
std::vector<MappedFile> open_mapped_files(const std::string& maps, const PathResolver& container);

/// Where the program stood, innermost first: "mkdir+0xb (/usr/lib/x86_64-linux-gnu/libc.so.6)", without the function
/// where the file has no name for it. As far as the files have tables to unwind by (.eh_frame), or frame pointers.
std::vector<std::string> unwind(const pg_stack_event& event, std::vector<MappedFile>&& files);

/// The same in a process that may do nothing else: the files are the container's, and what reads them takes much care
/// of tables that compilers make, and less of such as are made to break it. Empty when that process came to grief.
std::vector<std::string> unwind_apart(const pg_stack_event& event, std::vector<MappedFile> files);

}  // namespace profilegen

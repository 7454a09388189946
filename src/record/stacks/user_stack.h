// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "paths/path_resolver.h"
#include "profilegen/abi_events.h"

namespace profilegen {

/// A file with code of the process, and its lowest address in memory.
struct MappedFile {
  std::string path;
  uint64_t begin = 0;
  UniqueFd file;
};

/// `maps` is the process's proc_pid_maps(5). Its paths are opened below `container`.
std::vector<MappedFile> open_mapped_files(const std::string& maps, const PathResolver& container);

/// The frames of the stack, innermost first: "mkdir+0xb (/usr/lib/x86_64-linux-gnu/libc.so.6)". The function is left
/// out if the file has no symbol for it. Unwinding goes as far as the files have .eh_frame tables or the code uses
/// frame pointers.
std::vector<std::string> unwind(const pg_stack_event& event, std::vector<MappedFile>&& files);

/// The same in a process without privileges. The files come from the container, and libdw is not hardened against files
/// made to attack it. Empty if that process failed; nullopt if it took longer than two seconds.
std::optional<std::vector<std::string>> unwind_apart(const pg_stack_event& event, std::vector<MappedFile> files);

}  // namespace profilegen

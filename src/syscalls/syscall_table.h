// SPDX-License-Identifier: Apache-2.0
// The system calls of one architecture: those that libseccomp knows, and those of profiles/syscalls.json.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "profilegen/syscalls.h"

namespace profilegen {

struct SyscallTable {
  std::vector<KnownSyscall> calls;  ///< sorted by name
  std::map<std::string, uint32_t, std::less<>> numbers;
  std::unordered_map<uint32_t, std::string> names;
};

/// Built when it is first used.
const SyscallTable& syscall_table(Arch arch);

}  // namespace profilegen

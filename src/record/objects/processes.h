// SPDX-License-Identifier: Apache-2.0
// Finds the process to which a thread sent a signal, or the like.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace profilegen {

struct FoundProcess {
  std::string program;  ///< its comm
  uint32_t user = 0;    ///< its real user, outside of all user namespaces
};

/// The process with this number in the pid namespace with this inode number; nullopt if it has ended.
std::optional<FoundProcess> find_process(uint32_t pid_ns, uint32_t number);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace profilegen {

/// What a thread does at a moment.
struct ThreadNow {
  uint32_t tid = 0;
  std::string program;           ///< its comm
  bool runs = false;             ///< it uses a processor, or waits for one
  std::optional<uint32_t> call;  ///< number of the system call in which it waits; not known of a running one
};

/// All threads of the processes in the pid namespace of process `pid`, by number; of `pid` alone, if that is our own
/// namespace. Threads that end meanwhile are left out. `call` needs the right to trace them.
std::vector<ThreadNow> threads_around(int pid);

}  // namespace profilegen

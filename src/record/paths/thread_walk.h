// SPDX-License-Identifier: Apache-2.0
// Follows a name through the links of procfs that mean another file to each thread: /proc/self, /proc/PID/cwd, fd/N ...
#pragma once

#include <cstdint>
#include <string>

#include "profilegen/unique_fd.h"

namespace profilegen {

/// Where a name led: to `last` in the directory `at`, or, where `last` is empty, to `at` itself.
struct ThreadWalk {
  bool through_procfs = false;  ///< on the way was such a link; without one nothing else here counts
  bool is_stream = false;       ///< it led to the thread's own standard input, output or error, and the thread is gone
  UniqueFd at;                  ///< O_PATH; empty if the way could not be gone to its end
  std::string last;
};

/// Goes the way of the thread (its number on the host), component by component, as the kernel did. This needs the
/// thread to be alive. `root`: where absolute names begin; `follow`: whether a link in the last component is followed.
ThreadWalk walk_as_thread(int root, const std::string& name, uint32_t thread, bool follow);

}  // namespace profilegen

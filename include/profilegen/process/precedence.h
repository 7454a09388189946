// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/resource.h>

namespace profilegen {

/// While this object exists, the thread and the processes it starts have a higher scheduling priority. The recorder
/// uses little CPU time, but must read a container's files before the engine removes them, even on a busy machine:
/// dozens of engine clients that start at once would otherwise occupy all CPUs.
class Precedence {
 public:
  // Best effort: needs CAP_SYS_NICE, without which recording works too.
  Precedence() : before_(getpriority(PRIO_PROCESS, 0)) { static_cast<void>(setpriority(PRIO_PROCESS, 0, kNice)); }
  ~Precedence() { static_cast<void>(setpriority(PRIO_PROCESS, 0, before_)); }
  Precedence(const Precedence&) = delete;
  Precedence& operator=(const Precedence&) = delete;

 private:
  static constexpr int kNice = -10;
  int before_;
};

}  // namespace profilegen

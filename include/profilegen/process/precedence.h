// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/resource.h>

namespace profilegen {

/// Raises the scheduling priority of this thread, and of what it starts, as long as the object lives. The recorder has
/// little to do, but it must read a container's files before the engine removes them. Dozens of engine clients that
/// start at once would otherwise take every processor of a busy machine.
class Precedence {
 public:
  // Best effort: it needs CAP_SYS_NICE, which recording does not need otherwise.
  Precedence() : before_(getpriority(PRIO_PROCESS, 0)) { static_cast<void>(setpriority(PRIO_PROCESS, 0, kNice)); }
  ~Precedence() { static_cast<void>(setpriority(PRIO_PROCESS, 0, before_)); }
  Precedence(const Precedence&) = delete;
  Precedence& operator=(const Precedence&) = delete;

 private:
  static constexpr int kNice = -10;
  int before_;
};

}  // namespace profilegen

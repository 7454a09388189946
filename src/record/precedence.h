// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/resource.h>

namespace profilegen {

/// This thread, and what it starts meanwhile, before others that wait for a processor. What a container's files say
/// must be read before its engine removes them, and dozens of clients that start at once leave nobody else one.
class Precedence {
 public:
  // Best effort: it takes CAP_SYS_NICE, which recording does not need otherwise.
  Precedence() : before_(getpriority(PRIO_PROCESS, 0)) { static_cast<void>(setpriority(PRIO_PROCESS, 0, kNice)); }
  ~Precedence() { static_cast<void>(setpriority(PRIO_PROCESS, 0, before_)); }
  Precedence(const Precedence&) = delete;
  Precedence& operator=(const Precedence&) = delete;

 private:
  static constexpr int kNice = -10;
  int before_;
};

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>

#include "profilegen/result.h"
#include "profilegen/unique_fd.h"

namespace profilegen {

/// From time to time, what is recorded so far is saved by a copy of this process, so that the recording itself goes on
/// meanwhile. The copy ends with us: it must not hold programs and maps of the kernel when we are killed.
class Checkpoints {
 public:
  Checkpoints() = default;
  Checkpoints(const Checkpoints&) = delete;
  Checkpoints& operator=(const Checkpoints&) = delete;
  ~Checkpoints() { stop(); }

  Status start(std::chrono::nanoseconds period);
  /// Readable when it is time for the next; -1 before start().
  [[nodiscard]] int fd() const { return timer_.get(); }
  /// It is time: `save` is called in the copy, unless the last one still works. `progress` tells whether there is
  /// anything new since then.
  void take(uint64_t progress, const std::function<void()>& save);
  [[nodiscard]] bool has_begun() const { return progress_ != 0; }
  /// Ends a copy that still works.
  void stop();

 private:
  [[nodiscard]] bool is_working();

  UniqueFd timer_;
  pid_t copy_ = 0;
  uint64_t progress_ = 0;
};

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>

#include "profilegen/result.h"
#include "profilegen/unique_fd.h"

namespace profilegen {

/// Saves what has been recorded so far at regular intervals. A forked copy of this process does the saving, so that the
/// recording is not held up. The copy is killed when the recorder dies: otherwise it would keep the BPF programs and
/// maps loaded.
class Checkpoints {
 public:
  Checkpoints() = default;
  Checkpoints(const Checkpoints&) = delete;
  Checkpoints& operator=(const Checkpoints&) = delete;
  ~Checkpoints() { stop(); }

  Status start(std::chrono::nanoseconds period);
  /// Becomes readable when the next checkpoint is due; -1 before start().
  [[nodiscard]] int fd() const { return timer_.get(); }
  /// To be called when fd() is readable. Runs `save` in a forked copy, unless the previous copy is still running or
  /// `progress` has not changed since the previous checkpoint.
  void take(uint64_t progress, const std::function<void()>& save);
  [[nodiscard]] bool has_begun() const { return progress_ != 0; }
  /// Kills a copy that is still running.
  void stop();

 private:
  [[nodiscard]] bool is_working();

  UniqueFd timer_;
  pid_t copy_ = 0;
  uint64_t progress_ = 0;
};

}  // namespace profilegen

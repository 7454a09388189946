// SPDX-License-Identifier: Apache-2.0
// A process that was running before the recording began.
#pragma once

#include <string>
#include <vector>

#include "profilegen/result.h"
#include "profilegen/unique_fd.h"

namespace profilegen {

class RunningProcess {
 public:
  /// An Error if there is no such process, or if it is a thread, a zombie or a kernel thread.
  static Result<RunningProcess> open(int pid);

  [[nodiscard]] int pid() const { return pid_; }
  [[nodiscard]] int pidfd() const { return pidfd_.get(); }  ///< readable when the process has ended
  [[nodiscard]] const std::vector<std::string>& command() const { return command_; }

 private:
  RunningProcess(int pid, UniqueFd pidfd, std::vector<std::string> command)
      : pid_(pid), pidfd_(std::move(pidfd)), command_(std::move(command)) {}

  int pid_;
  UniqueFd pidfd_;
  std::vector<std::string> command_;
};

/// Explains why a process can't be recorded, given its /proc/PID/status; Done if it can.
Status check_process(int pid, const std::string& status);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// COMMAND: started on hold, so that recording can begin with its very execve.
#pragma once

#include <sys/types.h>

#include <csignal>
#include <optional>
#include <string>
#include <vector>

#include "profilegen/process/signals.h"
#include "profilegen/result.h"
#include "profilegen/unique_fd.h"

namespace profilegen {

class Command {
 public:
  /// Forks. The child waits with the signal mask `mask` for release(); it has our terminal, files and process group.
  static Result<Command> start(const std::vector<std::string>& words, const sigset_t& mask);

  /// Lets it go on to execve. Returns errno when it can't be run, 0 when it runs; ESRCH when it was killed before.
  int release();

  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] int pidfd() const { return pidfd_.get(); }  ///< readable when it has ended
  void pass_on(const Signals::Arrived& signal) const;
  /// Its exit status, or 128 + n for signal n; waits for its end.
  int wait();
  /// The same, passing on meanwhile what arrives.
  int wait(Signals& signals);

 private:
  Command(pid_t pid, UniqueFd pidfd, UniqueFd go, UniqueFd failed);
  pid_t pid_;
  UniqueFd pidfd_;
  UniqueFd go_;      // closing it lets the child go
  UniqueFd failed_;  // errno of a failed execve, or end of file
};

/// Where execvp(3) would look for a program, in this order.
std::vector<std::string> program_candidates(const std::string& program, const char* path_variable);
/// One of these can be executed.
bool is_installed(const std::string& program);

}  // namespace profilegen

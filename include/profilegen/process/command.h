// SPDX-License-Identifier: Apache-2.0
// COMMAND, started but held back, so that the recording can begin with its execve.
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
  /// Forks. The child has our terminal, files and process group, and `mask` as its signal mask; it waits for release().
  static Result<Command> start(const std::vector<std::string>& words, const sigset_t& mask);

  /// Lets the child go on to execve. Returns 0 when it runs, else the errno of the failed execve.
  int release();

  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] int pidfd() const { return pidfd_.get(); }  ///< readable when it has ended
  void pass_on(const Signals::Arrived& signal) const;
  /// Waits for its end. Returns its exit status, or 128 + n when signal n killed it.
  int wait();
  /// The same; signals that arrive meanwhile are passed on.
  int wait(Signals& signals);

 private:
  Command(pid_t pid, UniqueFd pidfd, UniqueFd go, UniqueFd failed);
  pid_t pid_;
  UniqueFd pidfd_;
  UniqueFd go_;      // closing it releases the child
  UniqueFd failed_;  // delivers the errno of a failed execve, or end of file
};

/// The paths at which execvp(3) would look for a program, in its order.
std::vector<std::string> program_candidates(const std::string& program, const char* path_variable);
/// Whether one of these can be executed.
bool is_installed(const std::string& program);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// Runs COMMAND. It is forked first and executes the program only on release(), so that recording can begin with its
// execve.
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
  /// Forks. The child waits for release(), then runs with the signal mask `mask`. It has our terminal, files and
  /// process group; in place of our standard error `messages`, unless that is -1.
  static Result<Command> start(const std::vector<std::string>& words, const sigset_t& mask, int messages = -1);

  /// Lets the child execute the program. Returns 0, or errno if the program can't be executed; ESRCH if the child was
  /// killed before.
  int release();

  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] int pidfd() const { return pidfd_.get(); }  ///< readable when COMMAND has ended
  void pass_on(const Signals::Arrived& signal) const;
  /// Waits for COMMAND's end. Returns its exit status, or 128 + n if signal n killed it.
  int wait();
  /// The same, and passes on the signals that arrive meanwhile.
  int wait(Signals& signals);

 private:
  Command(pid_t pid, UniqueFd pidfd, UniqueFd go, UniqueFd failed);
  pid_t pid_;
  UniqueFd pidfd_;
  UniqueFd go_;      // closing it without writing makes the child exit
  UniqueFd failed_;  // errno of a failed execve, or end of file if it succeeded
};

/// The paths that execvp(3) would try for `program`, in its order.
std::vector<std::string> program_candidates(const std::string& program, const char* path_variable);
/// True if one of these paths can be executed.
bool is_installed(const std::string& program);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// Passes on what a command writes to its standard error, and keeps the beginning of it.
#pragma once

#include <sys/types.h>

#include <string>

#include "profilegen/result.h"
#include "profilegen/unique_fd.h"

namespace profilegen {

class MessagesCopy {
 public:
  /// Starts a process of its own for it, which ends when nobody can write any more. So a command is never held up by
  /// what the caller is busy with.
  static Result<MessagesCopy> start();

  /// What the command gets as its standard error.
  [[nodiscard]] int input() const { return input_.get(); }
  /// To be called when the command has ended. Returns at most the first 64 KiB. What the command has left behind may
  /// write on: then it does not wait for the end.
  std::string finish();

 private:
  MessagesCopy(pid_t pid, UniqueFd input, UniqueFd kept);
  pid_t pid_;
  UniqueFd input_;
  UniqueFd kept_;  // a file in memory
};

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// A helper program (an engine's client) and what it prints.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "profilegen/result.h"
#include "unique_fd.h"

namespace profilegen {

class Program {
 public:
  /// Starts it with no input and its messages dropped.
  static Result<Program> start(const std::vector<std::string>& words);
  Program(Program&& other) noexcept;
  Program& operator=(Program&&) = delete;
  ~Program();

  [[nodiscard]] int output_fd() const { return output_.get(); }
  /// Takes in what it has printed by now. False when there is no more to come: then finish() does not wait long.
  bool read_some();
  /// All it printed; an Error when it ended with another status than 0.
  Result<std::string> finish();

 private:
  Program(std::string name, pid_t pid, UniqueFd output);
  std::string name_;
  pid_t pid_;
  UniqueFd output_;
  std::string text_;
};

/// Runs it to its end.
Result<std::string> run_program(const std::vector<std::string>& words);

}  // namespace profilegen

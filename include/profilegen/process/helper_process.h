// SPDX-License-Identifier: Apache-2.0
// Runs a helper program, such as an engine's client, and reads its output.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

#include "profilegen/result.h"
#include "profilegen/unique_fd.h"

namespace profilegen {

class HelperProcess {
 public:
  /// The stream that is read. The other one is discarded.
  enum class Stream { output, messages };
  /// Starts the program with empty input.
  static Result<HelperProcess> start(const std::vector<std::string>& words, Stream stream = Stream::output);
  HelperProcess(HelperProcess&& other) noexcept;
  HelperProcess& operator=(HelperProcess&&) = delete;
  ~HelperProcess();

  [[nodiscard]] int output_fd() const { return output_.get(); }
  /// Reads what is available. False at the end of the output, and when it is larger than any answer: the helper is
  /// killed then.
  bool read_some();
  /// Waits for the end. Returns all output, or an Error if the exit status is not 0. A helper that has not ended so
  /// long after its start is killed with all that it started, whatever it prints: a hanging engine must not prevent the
  /// recording from being written.
  Result<std::string> finish(std::chrono::milliseconds patience = std::chrono::seconds(30));
  /// The output that was read so far.
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  using Clock = std::chrono::steady_clock;
  HelperProcess(std::string name, pid_t pid, UniqueFd output);
  [[nodiscard]] bool wait_for(int fd, Clock::time_point deadline) const;
  void kill_all() const;
  int reap();

  std::string name_;
  pid_t pid_;
  UniqueFd output_;
  UniqueFd ended_;  // a pidfd
  Clock::time_point started_ = Clock::now();
  pid_t owner_;  // who started it: a copy of this process must not end what is not its own
  bool too_large_ = false;
  std::string text_;
};

/// Runs a program to its end and returns its output.
Result<std::string> run_helper(const std::vector<std::string>& words);
/// The same. If the program fails, it is run again to read its error messages; the last line becomes the Error.
Result<std::string> run_helper_and_explain(const std::vector<std::string>& words);

}  // namespace profilegen

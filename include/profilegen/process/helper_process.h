// SPDX-License-Identifier: Apache-2.0
// A helper program (an engine's client) and what it prints.
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
  /// Which of its two streams is read; the other one is dropped.
  enum class Stream { output, messages };
  /// Starts it with no input.
  static Result<HelperProcess> start(const std::vector<std::string>& words, Stream stream = Stream::output);
  HelperProcess(HelperProcess&& other) noexcept;
  HelperProcess& operator=(HelperProcess&&) = delete;
  ~HelperProcess();

  [[nodiscard]] int output_fd() const { return output_.get(); }
  /// Takes in what it has printed by now. False when there is no more to come: then finish() does not wait long.
  bool read_some();
  /// All it printed; an Error when it ended with another status than 0. What prints nothing for as long as `patience`
  /// is killed with all that it started: an engine that hangs must not keep the recording from being written.
  Result<std::string> finish(std::chrono::milliseconds patience = std::chrono::seconds(30));
  /// What it had printed by then.
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  HelperProcess(std::string name, pid_t pid, UniqueFd output);
  std::string name_;
  pid_t pid_;
  UniqueFd output_;
  std::string text_;
};

/// Runs it to its end.
Result<std::string> run_helper(const std::vector<std::string>& words);
/// The same; when it fails it is run once more to learn what it says about that, which is the Error then.
Result<std::string> run_helper_and_explain(const std::vector<std::string>& words);

}  // namespace profilegen

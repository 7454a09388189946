// SPDX-License-Identifier: Apache-2.0
// A helper program (an engine's client) and its output.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "profilegen/result.h"
#include "profilegen/unique_fd.h"

namespace profilegen {

class HelperProcess {
 public:
  /// The stream that is read; the other one is discarded.
  enum class Stream { output, messages };
  /// Starts it; its standard input is empty.
  static Result<HelperProcess> start(const std::vector<std::string>& words, Stream stream = Stream::output);
  HelperProcess(HelperProcess&& other) noexcept;
  HelperProcess& operator=(HelperProcess&&) = delete;
  ~HelperProcess();

  [[nodiscard]] int output_fd() const { return output_.get(); }
  /// Reads what it has printed by now. Returns false at the end of its output: then finish() does not wait long.
  bool read_some();
  /// Waits for its end. Returns all its output, or an Error when its exit status is not 0.
  Result<std::string> finish();
  /// The output read so far.
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  HelperProcess(std::string name, pid_t pid, UniqueFd output);
  std::string name_;
  pid_t pid_;
  UniqueFd output_;
  std::string text_;
};

/// Runs a helper and returns its output.
Result<std::string> run_helper(const std::vector<std::string>& words);
/// The same. A helper that fails is run once more to read its messages, which become the Error.
Result<std::string> run_helper_and_explain(const std::vector<std::string>& words);

}  // namespace profilegen

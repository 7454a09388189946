// SPDX-License-Identifier: Apache-2.0
// What this kernel said when it was tried which programs it loads, kept in a file until the next boot: trying means
// loading programs and, on some kernels, waiting for all processors.
#pragma once

#include <sys/types.h>

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace profilegen {

/// Where the file lies, and who alone may have written it.
struct AnswersPlace {
  std::string directory = "/run/profilegen";
  uid_t owner = 0;
};

/// All that an answer depends on besides the question: the boot, the kernel, what it is locked down to, and what this
/// process may do.
std::string answering_kernel();

class KernelAnswers {
 public:
  /// Knows nothing, and save() does nothing.
  KernelAnswers() = default;
  /// Reads the file. It is taken for absent when anybody but the owner could have written it or its directory, when it
  /// is another kernel's, or when any line of it is not as it was written.
  KernelAnswers(AnswersPlace place, std::string kernel);

  /// The answer to a question of one line: what is known, else what `ask` finds out. It is an errno, or what the caller
  /// likes. Not kept is what may be another the next time: a lack of memory and the like, or less than 0.
  int get(const std::string& question, const std::function<int()>& ask);

  /// Whether any answer came from the file.
  [[nodiscard]] bool used_file() const { return used_file_; }
  /// Nothing is known from here on.
  void forget();
  /// Writes the file when there is something new, and this process is the owner's. Where it can't be written nothing is
  /// lost but time.
  void save();

 private:
  void read();
  [[nodiscard]] std::string text() const;

  std::optional<AnswersPlace> place_;
  std::string kernel_;
  std::map<std::string, int> answers_;
  std::map<std::string, int> from_file_;
  bool used_file_ = false;
  bool changed_ = false;
};

}  // namespace profilegen

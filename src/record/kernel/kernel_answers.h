// SPDX-License-Identifier: Apache-2.0
// Remembers which programs this kernel loads, in a file that lasts until the next boot. To try again would mean loading
// the programs and, on some kernels, waiting for all processors.
#pragma once

#include <sys/types.h>

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace profilegen {

/// The directory of the file, and the only user who may have written it.
struct AnswersPlace {
  std::string directory = "/run/profilegen";
  uid_t owner = 0;
};

/// All that an answer depends on besides the question: the boot, the kernel, its lockdown mode, and the capabilities of
/// this process.
std::string answering_kernel();

class KernelAnswers {
 public:
  /// Without a file: no answer is known, and save() does nothing.
  KernelAnswers() = default;
  /// Reads the file. Ignores it if others than the owner could have written it or its directory, if it is of another
  /// kernel, or if any line is not as we write it.
  KernelAnswers(AnswersPlace place, std::string kernel);

  /// The answer to a question, which is one line of text: the known answer or, if there is none, what `ask` finds out.
  /// It is an errno or any number that the caller defines. Answers that may differ the next time are not kept: lack of
  /// memory and the like, and negative numbers.
  int get(const std::string& question, const std::function<int()>& ask);

  /// Whether any answer came from the file.
  [[nodiscard]] bool used_file() const { return used_file_; }
  /// Forgets all answers.
  void forget();
  /// Writes the file if there is something new and this process runs as the owner. If it can't be written, only time is
  /// lost.
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

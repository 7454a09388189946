// SPDX-License-Identifier: Apache-2.0
// Remembers, in a file until the next boot, which BPF programs this kernel loads. Testing that means loading programs
// and, on some kernels, waiting for all CPUs.
#pragma once

#include <sys/types.h>

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace profilegen {

/// The directory of the file, and its only allowed owner.
struct AnswersPlace {
  std::string directory = "/run/profilegen";
  uid_t owner = 0;
};

/// Everything besides the question that an answer depends on: the boot, the kernel, its lockdown mode, and the
/// capabilities of this process.
std::string answering_kernel();

class KernelAnswers {
 public:
  /// Without a file: knows nothing, and save() does nothing.
  KernelAnswers() = default;
  /// Reads the file. Ignores it if anybody but the owner could have written it or its directory, if it is from another
  /// kernel, or if any line is malformed.
  KernelAnswers(AnswersPlace place, std::string kernel);

  /// Returns the known answer to a question (one line of text), or else calls `ask`. An answer is an errno or another
  /// number of the caller's choice. An answer that may differ the next time is not kept: lack of memory and the like,
  /// or a negative number.
  int get(const std::string& question, const std::function<int()>& ask);

  /// True if any answer came from the file.
  [[nodiscard]] bool used_file() const { return used_file_; }
  /// Forgets all answers.
  void forget();
  /// Writes the file if there are new answers and this process runs as the owner. If it can't be written, only time is
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

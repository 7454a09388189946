// SPDX-License-Identifier: Apache-2.0
// Saves an unfinished recording beside its output. The output itself is not touched before the recording is complete.
#pragma once

#include <string>

#include "profilegen/recorder.h"

namespace profilegen::cli {

/// A file name for the trace of a container or program, whatever characters its name has.
std::string trace_file_name(const std::string& recording);

class CheckpointFiles {
 public:
  /// `output`: the file or directory for the traces.
  explicit CheckpointFiles(const std::string& output);

  /// OUTPUT.checkpoint; "" when `output` is standard output, a pipe or the like.
  [[nodiscard]] const std::string& path() const { return path_; }
  /// Whether a killed recording has left a checkpoint there.
  [[nodiscard]] bool is_left() const;

  /// Saves a process tree as one file, containers as a directory with a file for each.
  [[nodiscard]] Status save(const RecordOutcome& outcome) const;
  void remove() const;

 private:
  std::string path_;
};

}  // namespace profilegen::cli

// SPDX-License-Identifier: Apache-2.0
// Where a recording is while it goes on: beside the file that it will be, which is not touched before it is whole.
#pragma once

#include <string>

#include "profilegen/recorder.h"

namespace profilegen::cli {

/// A file name for a container or program, whatever it is called.
std::string trace_file_name(const std::string& recording);

class CheckpointFiles {
 public:
  /// `output`: the file or directory for the traces.
  explicit CheckpointFiles(const std::string& output);

  /// OUTPUT.checkpoint; "" when there is no such place, since `output` is standard output, a pipe or the like.
  [[nodiscard]] const std::string& path() const { return path_; }
  /// One was left there by a recording that was killed.
  [[nodiscard]] bool is_left() const;

  /// A process tree goes to a file, containers to a directory with a file for each.
  [[nodiscard]] Status save(const RecordOutcome& outcome) const;
  void remove() const;

 private:
  std::string path_;
};

}  // namespace profilegen::cli

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "profilegen/result.h"
#include "profilegen/unique_fd.h"

namespace profilegen {

/// A file that is deleted unless it was renamed. Where the file system supports it (open(2), O_TMPFILE), it has no name
/// until it is complete, so that even SIGKILL leaves no half-written file behind.
class TemporaryFile {
 public:
  /// `directory`: where the file will end up; `object`: how errors name it.
  static Result<TemporaryFile> create(const std::string& directory, const std::string& object);
  TemporaryFile(TemporaryFile&& other) noexcept;
  TemporaryFile& operator=(TemporaryFile&& other) = delete;
  ~TemporaryFile();

  [[nodiscard]] int file() const { return file_.get(); }
  Status rename_to(const std::string& target, const std::string& object);

 private:
  TemporaryFile(std::string directory, std::string path, UniqueFd file);
  bool give_name();

  std::string directory_;
  std::string path_;  // empty while it has no name
  UniqueFd file_;
};

}  // namespace profilegen

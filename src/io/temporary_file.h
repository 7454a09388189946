// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "profilegen/result.h"
#include "profilegen/unique_fd.h"

namespace profilegen {

/// A file that is gone again unless it was renamed. Where the file system can do it, it has no name until it is whole
/// (open(2), O_TMPFILE), so that SIGKILL leaves no half of it behind.
class TemporaryFile {
 public:
  /// `directory`: where it will be renamed; `object` is what errors name.
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
  std::string path_;  // empty: it has no name
  UniqueFd file_;
};

}  // namespace profilegen

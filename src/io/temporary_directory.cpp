// SPDX-License-Identifier: Apache-2.0
#include "profilegen/temporary_directory.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace profilegen {

Result<TemporaryDirectory> TemporaryDirectory::create() {
  const char* base = std::getenv("TMPDIR");
  std::string path = std::string(base && *base ? base : "/tmp") + "/profilegen.XXXXXX";
  if (!mkdtemp(path.data())) return Error{path, "can't be made", "set TMPDIR to a writable directory", errno};
  return TemporaryDirectory(std::move(path));
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace profilegen

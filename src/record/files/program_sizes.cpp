// SPDX-License-Identifier: Apache-2.0
#include "files/program_sizes.h"

#include <sys/stat.h>

#include <string>

namespace profilegen {

uint64_t size_of_programs(const FileFacts& files, const PathResolver& container) {
  uint64_t bytes = 0;
  std::string last;
  files.each([&](const FileKey& key, const FileFact& fact) {
    const bool is_code = file_op_executes(key.op) && !fact.directory;
    if (!is_code || key.path == last) return;  // the facts come in the order of paths
    last = key.path;
    const auto status = container.status(key.path);
    if (status && S_ISREG(status->st_mode)) bytes += static_cast<uint64_t>(status->st_size);
  });
  return bytes;
}

}  // namespace profilegen

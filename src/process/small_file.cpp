// SPDX-License-Identifier: Apache-2.0
#include "profilegen/process/small_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "profilegen/unique_fd.h"

namespace profilegen {

std::string read_small_file(const std::string& path, size_t most) {
  constexpr size_t part = 16384;
  // A named pipe is opened at once, too, and then not read.
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC));
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return "";
  // The size of a file in /proc is 0, so it is read until its end.
  std::string text;
  for (size_t length = 0;;) {
    text.resize(length + std::max(part, length));
    const ssize_t read = ::read(file.get(), text.data() + length, text.size() - length);
    if (read <= 0 || length + static_cast<size_t>(read) > most) {
      text.resize(read == 0 ? length : 0);
      return text;
    }
    length += static_cast<size_t>(read);
  }
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "profilegen/input_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>

#include "profilegen/unique_fd.h"

namespace profilegen {
namespace {

// A trace of 100 000 files is about 30 MB: a file larger than this is something else.
constexpr size_t kMaxSize = size_t{1} << 30;

Error too_large(const std::string& object) { return {object, "is larger than 1 GiB"}; }

Result<std::string> read_all(int file, const std::string& object) {
  std::string text;
  std::array<char, 65536> buffer;
  while (true) {
    const ssize_t count = ::read(file, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Error{object, "cannot be read", {}, errno};
    if (count == 0) break;
    text.append(buffer.data(), static_cast<size_t>(count));
    if (text.size() > kMaxSize) return too_large(object);
  }
  return text;
}

}  // namespace

std::string input_name(const std::string& path) { return path == "-" ? "standard input" : path; }

Result<std::string> read_input(const std::string& path) {
  if (path == "-") return read_all(STDIN_FILENO, input_name(path));
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return Error{path, "cannot be opened", {}, errno};
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return Error{path, "cannot be read", {}, errno};
  if (S_ISDIR(status.st_mode)) return Error{path, "is a directory, not a file"};
  if (status.st_size > static_cast<off_t>(kMaxSize)) return too_large(path);
  return read_all(file.get(), path);
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "temporary_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace profilegen {
namespace {

constexpr int kFlags = O_WRONLY | O_CLOEXEC;
// Given to open(2), not mkstemp(3), so that the kernel applies the umask: we can't read the umask without changing it.
constexpr mode_t kMode = 0666;

/// The first unused name for which `make` succeeds; "" on failure, with the reason in errno.
template <typename Make>
std::string first_free_name(const std::string& directory, const Make& make) {
  constexpr int kTries = 100;
  for (int attempt = 0; attempt < kTries; ++attempt) {
    std::string path = directory + "/.profilegen-" + std::to_string(::getpid()) + "-" + std::to_string(attempt);
    path += ".tmp";
    if (make(path.c_str())) return path;
    if (errno != EEXIST) break;
  }
  return "";
}

}  // namespace

TemporaryFile::TemporaryFile(std::string directory, std::string path, UniqueFd file)
    : directory_(std::move(directory)), path_(std::move(path)), file_(std::move(file)) {}

TemporaryFile::TemporaryFile(TemporaryFile&& other) noexcept
    : directory_(std::move(other.directory_)), path_(std::exchange(other.path_, {})), file_(std::move(other.file_)) {}

TemporaryFile::~TemporaryFile() {
  if (!path_.empty()) ::unlink(path_.c_str());
}

Result<TemporaryFile> TemporaryFile::create(const std::string& directory, const std::string& object) {
  const std::string place = directory.empty() ? "." : directory;
  std::string path;
  UniqueFd file(::open(place.c_str(), kFlags | O_TMPFILE, kMode));
  if (!file) {
    path = first_free_name(place, [&file](const char* name) {
      file = UniqueFd(::open(name, kFlags | O_CREAT | O_EXCL, kMode));
      return static_cast<bool>(file);
    });
  }
  if (!file) return Error{object, "cannot be created: no file can be made in " + place, {}, errno};
  return TemporaryFile(place, std::move(path), std::move(file));
}

bool TemporaryFile::give_name() {
  const std::string unnamed = "/proc/self/fd/" + std::to_string(file_.get());
  path_ = first_free_name(directory_, [&unnamed](const char* name) {
    return ::linkat(AT_FDCWD, unnamed.c_str(), AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0;
  });
  return !path_.empty();
}

Status TemporaryFile::rename_to(const std::string& target, const std::string& object) {
  if (path_.empty() && !give_name()) return Error{object, "cannot be written", {}, errno};
  if (!file_.close()) return Error{object, "cannot be written", {}, errno};
  if (::rename(path_.c_str(), target.c_str()) != 0) return Error{object, "cannot be replaced", {}, errno};
  path_.clear();
  return Done{};
}

}  // namespace profilegen

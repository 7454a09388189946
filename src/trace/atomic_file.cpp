// SPDX-License-Identifier: Apache-2.0
#include "profilegen/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <optional>

#include "file_descriptor.h"

namespace profilegen {
namespace {

namespace fs = std::filesystem;

Status write_all(int file, std::string_view text, const std::string& object) {
  while (!text.empty()) {
    const ssize_t count = ::write(file, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Error{object, "cannot be written", {}, errno};
    text.remove_prefix(static_cast<size_t>(count));
  }
  return Done{};
}

/// The number of an open file that a path stands for. To open it a second time would begin at offset 0 and overwrite
/// what was written before; to replace what it points to would leave the shell's redirection with a deleted file.
std::optional<int> open_file_number(const fs::path& path) {
  if (path == "/dev/stdout") return STDOUT_FILENO;
  if (path == "/dev/stderr") return STDERR_FILENO;
  if (path.parent_path() != "/dev/fd" && path.parent_path() != "/proc/self/fd") return std::nullopt;
  const std::string name = path.filename();
  int number = -1;
  const auto [rest, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error != std::errc{} || rest != name.data() + name.size()) return std::nullopt;
  return number;
}

/// Follows symbolic links until the path is none, or is an open file's.
fs::path follow(fs::path path) {
  constexpr int kMaxLinks = 40;  // as the kernel
  std::error_code error;
  for (int links = 0; links < kMaxLinks && !open_file_number(path) && fs::is_symlink(path, error); ++links) {
    const fs::path target = fs::read_symlink(path, error);
    if (error) break;
    path = path.parent_path() / target;  // an absolute target replaces the whole
  }
  return path;
}

/// A file that is removed again unless it was renamed.
class TemporaryFile {
 public:
  static Result<TemporaryFile> create(const fs::path& directory, const std::string& object) {
    constexpr int kTries = 100;
    for (int attempt = 0; attempt < kTries; ++attempt) {
      const std::string name = ".profilegen-" + std::to_string(::getpid()) + "-" + std::to_string(attempt) + ".tmp";
      const std::string path = directory / name;
      // Not mkstemp: here the kernel applies the umask, which can't be read without changing it.
      FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
      if (file) return TemporaryFile(path, std::move(file));
      if (errno != EEXIST) break;
    }
    return Error{object,
                 "cannot be created: no file can be made in " + (directory.empty() ? "." : directory.string()),
                 {},
                 errno};
  }

  TemporaryFile(TemporaryFile&& other) noexcept
      : path_(std::exchange(other.path_, {})), file_(std::move(other.file_)) {}
  TemporaryFile& operator=(TemporaryFile&& other) = delete;
  ~TemporaryFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }

  [[nodiscard]] int file() const { return file_.get(); }

  Status rename_to(const fs::path& target, const std::string& object) {
    if (!file_.close()) return Error{object, "cannot be written", {}, errno};
    if (::rename(path_.c_str(), target.c_str()) != 0) return Error{object, "cannot be replaced", {}, errno};
    path_.clear();
    return Done{};
  }

 private:
  TemporaryFile(std::string path, FileDescriptor file) : path_(std::move(path)), file_(std::move(file)) {}
  std::string path_;
  FileDescriptor file_;
};

Status write_through(const fs::path& path, std::string_view text, const std::string& object) {
  FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!file) return Error{object, "cannot be opened for writing", {}, errno};
  return write_all(file.get(), text, object);
}

Status replace(const fs::path& target, const struct stat* old, std::string_view text, const std::string& object) {
  auto temporary = TemporaryFile::create(target.parent_path(), object);
  if (!temporary) return temporary.error();
  if (auto written = write_all(temporary->file(), text, object); !written) return written;
  // Best effort: on a file system without permission bits there is nothing to keep.
  if (old != nullptr) static_cast<void>(::fchmod(temporary->file(), old->st_mode & 0777));
  return temporary->rename_to(target, object);
}

}  // namespace

Status write_file(const std::string& path, std::string_view text) {
  if (path == "-") return write_all(STDOUT_FILENO, text, "standard output");
  if (path.empty()) return Error{{}, "an empty file name was given"};
  const fs::path target = follow(path);
  if (const auto number = open_file_number(target)) return write_all(*number, text, path);
  struct stat old {};
  const bool exists = ::stat(target.c_str(), &old) == 0;
  if (!exists && errno != ENOENT) return Error{path, "cannot be written", {}, errno};
  if ((exists && S_ISDIR(old.st_mode)) || target.filename().empty()) {
    return Error{path, "is a directory, not a file"};
  }
  if (exists && !S_ISREG(old.st_mode)) return write_through(target, text, path);
  return replace(target, exists ? &old : nullptr, text, path);
}

}  // namespace profilegen

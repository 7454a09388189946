// SPDX-License-Identifier: Apache-2.0
#include "profilegen/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <climits>
#include <cstdio>
#include <filesystem>
#include <optional>

#include "profilegen/unique_fd.h"
#include "temporary_file.h"
#include "text_output.h"

namespace profilegen {
namespace {

namespace fs = std::filesystem;

/// The descriptor number, when a path stands for an open file. Opening such a path again would start at offset 0 and
/// overwrite what was written before. Replacing the file would leave the shell's redirection with a deleted file.
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

/// Whether it belongs to neither us nor the owner of its directory, and everybody may write to that directory, as in
/// /tmp. There the kernel follows no such link and opens no such file for a shell's `>`: see protected_symlinks and
/// protected_regular in proc_sys_fs(5). We read links ourselves and replace files, so nobody else looks at that.
bool is_a_strangers(const fs::path& path, const struct stat& entry) {
  constexpr mode_t shared = S_ISVTX | S_IWOTH;
  const fs::path directory = path.has_parent_path() ? path.parent_path() : fs::path(".");
  struct stat above {};
  if (::stat(directory.c_str(), &above) != 0 || (above.st_mode & shared) != shared) return false;
  return entry.st_uid != ::geteuid() && entry.st_uid != above.st_uid;
}

Error not_trusted(const std::string& object, const char* what) {
  return Error{object, std::string(what) + " of another user in a directory that everybody may write to",
               "remove it, or choose another directory"};
}

/// The target of a symbolic link, relative to its directory; empty if the path is no link.
Result<fs::path> link_target(const fs::path& path, const std::string& object) {
  // The same file is asked for its owner and for its target, whoever puts another in its place.
  const UniqueFd link(::open(path.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
  struct stat entry {};
  if (!link || ::fstat(link.get(), &entry) != 0 || !S_ISLNK(entry.st_mode)) return fs::path();
  if (is_a_strangers(path, entry)) return not_trusted(object, "is a link");
  std::array<char, PATH_MAX> target{};
  const ssize_t length = ::readlinkat(link.get(), "", target.data(), target.size());
  if (length < 0) return Error{object, "is a link that can't be read", {}, errno};
  return fs::path(std::string(target.data(), static_cast<size_t>(length)));
}

/// Follows symbolic links until the path is not a link, or stands for an open file.
Result<fs::path> follow(fs::path path, const std::string& object) {
  constexpr int kMaxLinks = 40;  // as in the kernel
  for (int links = 0; links < kMaxLinks && !open_file_number(path); ++links) {
    const auto target = link_target(path, object);
    if (!target) return target.error();
    if (target->empty()) break;
    path = path.parent_path() / *target;  // an absolute target replaces the whole path
  }
  return path;
}

Status write_through(const fs::path& path, const TextSource& text, const std::string& object) {
  UniqueFd file(::open(path.c_str(), O_WRONLY | O_NOFOLLOW | O_CLOEXEC));
  if (!file) return Error{object, "cannot be opened for writing", {}, errno};
  return write_text(file.get(), text, object);
}

/// A complete text that is not yet in its place. Without a temporary file it was written directly, because its target
/// can't be replaced.
struct Written {
  std::optional<TemporaryFile> temporary;
  fs::path target;
};

Result<Written> write_beside(const fs::path& target, const struct stat* old, const TextSource& text,
                             const std::string& object) {
  auto temporary = TemporaryFile::create(target.parent_path(), object);
  if (!temporary) return temporary.error();
  if (auto written = write_text(temporary->file(), text, object); !written) return written.error();
  // Best effort: a file system without permission bits has none to keep.
  if (old != nullptr) static_cast<void>(::fchmod(temporary->file(), old->st_mode & 0777));
  return Written{std::move(*temporary), target};
}

Result<Written> written_as_it_is(const Status& status) {
  if (!status) return status.error();
  return Written{};
}

Result<Written> write(const std::string& path, const TextSource& text) {
  if (path == "-") return written_as_it_is(write_text(STDOUT_FILENO, text, "standard output"));
  if (path.empty()) return Error{{}, "an empty file name was given"};
  const auto followed = follow(path, path);
  if (!followed) return followed.error();
  const fs::path& target = *followed;
  if (const auto number = open_file_number(target)) return written_as_it_is(write_text(*number, text, path));
  struct stat old {};
  const bool exists = ::stat(target.c_str(), &old) == 0;
  if (!exists && errno != ENOENT) return Error{path, "cannot be written", {}, errno};
  if ((exists && S_ISDIR(old.st_mode)) || target.filename().empty()) {
    return Error{path, "is a directory, not a file"};
  }
  if (exists && (S_ISREG(old.st_mode) || S_ISFIFO(old.st_mode)) && is_a_strangers(target, old))
    return not_trusted(path, "is a file");
  if (exists && !S_ISREG(old.st_mode)) return written_as_it_is(write_through(target, text, path));
  return write_beside(target, exists ? &old : nullptr, text, path);
}

Status settle(Written& written, const std::string& object) {
  return written.temporary ? written.temporary->rename_to(written.target, object) : Done{};
}

}  // namespace

Status write_file(const std::string& path, const TextSource& text) {
  auto written = write(path, text);
  if (!written) return written.error();
  return settle(*written, path);
}

Status write_files(const std::vector<std::pair<std::string, std::string>>& files) {
  std::vector<Written> all;
  for (const auto& [path, text] : files) {
    auto written = write(path, [&text = text](const TextSink& sink) { sink(text); });
    if (!written) return written.error();
    all.push_back(std::move(*written));
  }
  for (size_t place = 0; place < files.size(); ++place)
    if (Status settled = settle(all[place], files[place].first); !settled) return settled;
  return Done{};
}

Status write_file(const std::string& path, std::string_view text) {
  return write_file(path, [text](const TextSink& sink) { sink(text); });
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "common/bundle.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "profilegen/atomic_file.h"
#include "profilegen/emitter.h"

namespace profilegen::cli {

namespace {

namespace fs = std::filesystem;

/// True if it was created, false if it was there already.
Result<bool> make_directory(const std::string& directory) {
  std::error_code error;
  if (mkdir(directory.c_str(), 0777) == 0) return true;
  const int errnum = errno;
  if (errnum == EEXIST && fs::is_directory(directory, error)) return false;
  const bool orphan = errnum == ENOENT;
  return Error{directory, "cannot be created", orphan ? "create its parent directory first" : "", errnum};
}

/// Finds errors before the first file is replaced.
Status check_targets(const fs::path& directory, const Artifacts& artifacts) {
  if (access(directory.c_str(), W_OK | X_OK) != 0) {
    return Error{directory, "cannot be written to", "choose another directory with -o", errno};
  }
  for (const auto& [file, text] : artifacts) {
    std::error_code error;
    if (fs::is_directory(directory / file, error)) return Error{directory / file, "is a directory, not a file"};
  }
  return Done{};
}

Status remove_stale(const fs::path& directory, const Artifacts& artifacts) {
  for (const auto& emitter : emitters()) {
    const bool written = std::any_of(artifacts.begin(), artifacts.end(),
                                     [&emitter](const auto& artifact) { return artifact.first == emitter.file; });
    const fs::path path = directory / emitter.file;
    if (!written && unlink(path.c_str()) != 0 && errno != ENOENT) {
      return Error{path, "is of an older bundle and cannot be removed", "remove it", errno};
    }
  }
  return Done{};
}

Status write_into(const fs::path& directory, const Artifacts& artifacts) {
  if (Status checked = check_targets(directory, artifacts); !checked) return checked;
  std::vector<std::pair<std::string, std::string>> files;
  for (const auto& [file, text] : artifacts) files.emplace_back(directory / file, text);
  if (Status written = write_files(files); !written) return written;
  return remove_stale(directory, artifacts);
}

}  // namespace

Status write_bundle(const std::string& directory, const Artifacts& artifacts) {
  const auto made = make_directory(directory);
  if (!made) return made.error();
  Status written = write_into(directory, artifacts);
  // Best effort: an empty directory does no harm.
  if (!written && *made) static_cast<void>(rmdir(directory.c_str()));
  return written;
}

}  // namespace profilegen::cli

// SPDX-License-Identifier: Apache-2.0
// Finds out which directory or file on the way to a path is closed to a thread without capabilities.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "files/permissions.h"
#include "paths/path_resolver.h"

namespace profilegen {

/// What is asked of a file, as access(2) and the kernel number it.
enum Access : uint32_t { kFind = 0, kSearch = 1, kWrite = 2, kRead = 4 };

struct FileStatus {
  mode_t mode = 0;  ///< with the type
  uint32_t user = 0;
  uint32_t group = 0;
  std::string link{};  ///< where a symbolic link points to
};
/// Looks at a path without following a symbolic link; nullopt if there is no such file.
using LookAt = std::function<std::optional<FileStatus>(const std::string& path)>;

LookAt look_in(const PathResolver& container);

/// Whether the mode allows it. Access control lists and capabilities are not looked at.
bool allows(const FileStatus& file, const Rights& rights, uint32_t access);

/// Something that the thread may do only by a capability.
struct Closed {
  std::string path;
  uint32_t access;  ///< what it asked for
  FileStatus file;
};

/// A name that a thread gave.
struct Way {
  std::string start;  ///< the directory where a relative name begins
  std::string name;   ///< empty: `start` itself
  std::string root;   ///< where absolute names begin: "/" or the directory of a chroot
  bool follow = true;
};

struct Walk {
  std::vector<Closed> closed;       ///< directories that can't be searched, in the order of the walk
  std::string path;                 ///< where the name leads
  std::optional<FileStatus> found;  ///< what is there; nothing if it is gone
};
Walk walk(const Way& way, const Rights& rights, const LookAt& look);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// Resolves a name that a program used to the path of the file inside a container's root.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "profilegen/unique_fd.h"

namespace profilegen {

/// The file that a thread named.
struct NamedPath {
  std::string path;        ///< empty if it is none (a pipe, a socket) or can't be told any more
  bool lost = false;       ///< it can't be told any more
  bool by_thread = false;  ///< the name means another file to another thread, or later
};

/// A part of a path that no longer exists is kept as it was written, after removing "..".
class PathResolver {
 public:
  /// `root`: the container's root directory (O_PATH). May be empty if the container was gone too soon.
  explicit PathResolver(UniqueFd root) : root_(std::move(root)) {}

  /// `base`: the directory where `name` starts, without symbolic links. `chroot`: the root for absolute links; "" or
  /// "/" for the container's own. `follow`: whether a symbolic link in the last component is followed.
  [[nodiscard]] std::string resolve(const std::string& base, const std::string& name, const std::string& chroot,
                                    bool follow) const;

  /// The same for a name that a thread (its number on the host) used: it may lead through /proc/self and the like.
  [[nodiscard]] NamedPath resolve_for(uint32_t thread, const std::string& base, const std::string& name,
                                      const std::string& chroot, bool follow) const;

  /// An O_PATH descriptor of the file at a path of the container; empty if there is none.
  [[nodiscard]] UniqueFd open(const std::string& path) const;
  /// Opens a regular file for reading. Does not follow a symbolic link in the last component.
  [[nodiscard]] UniqueFd open_file(const std::string& path) const;

 private:
  /// The name of an open file without the kernel's mark for a removed one.
  [[nodiscard]] std::string living_name(int fd, const std::string& name) const;
  /// nullopt if no link of procfs was on the way.
  [[nodiscard]] std::optional<NamedPath> walk(uint32_t thread, const std::string& chroot, const std::string& inside,
                                              bool follow) const;
  [[nodiscard]] std::string look_up(const std::string& chroot, const std::string& inside) const;

  UniqueFd root_;
};

}  // namespace profilegen

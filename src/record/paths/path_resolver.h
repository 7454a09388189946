// SPDX-License-Identifier: Apache-2.0
// From a name as a program gave it to the path it means, inside a container's root.
#pragma once

#include <map>
#include <string>

#include "profilegen/unique_fd.h"

namespace profilegen {

/// Whatever is not there any more is taken as it is written, with ".." folded.
class PathResolver {
 public:
  /// `root`: the container's root directory (O_PATH); may be empty when it was gone too soon.
  explicit PathResolver(UniqueFd root) : root_(std::move(root)) {}

  /// `base`: where the name starts from, free of links. `chroot`: the root that absolute links lead to, "" or "/" for
  /// the container's own. `follow`: a link in the last place is followed.
  [[nodiscard]] std::string resolve(const std::string& base, const std::string& name, const std::string& chroot,
                                    bool follow) const;

  /// An O_PATH descriptor of what lies at a path of the container; empty when nothing does.
  [[nodiscard]] UniqueFd open(const std::string& path) const;
  /// The same for reading, of regular files only; a link in the last place is not followed.
  [[nodiscard]] UniqueFd open_file(const std::string& path) const;

 private:
  [[nodiscard]] std::string look_up(const std::string& chroot, const std::string& inside) const;

  UniqueFd root_;
};

}  // namespace profilegen

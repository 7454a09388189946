// SPDX-License-Identifier: Apache-2.0
// The tree of what was changed.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "profilegen/profile.h"
#include "profilegen/trace.h"

namespace profilegen::report {

struct PathNode {
  std::string name;                      ///< "var" or, when it has only one child, "var/lib"
  std::string path;                      ///< absolute
  std::vector<PathNode> children{};      ///< sorted by name
  std::vector<const FileFact*> facts{};  ///< what was done to the path itself; parallel to `operations`
  std::vector<FileOp> operations{};
  size_t changed = 0;  ///< number of paths with operations, here and below
};

/// The root node. `facts` point into the trace.
PathNode changes_of(const Trace& trace);

/// What makes a path writable under the policy, or why it is not: "tmpfs", "volume", "volume data", "read-only root".
struct Place {
  std::string path;  ///< mount point
  std::string label;
  std::string style;  ///< class in the style sheet
};
class Places {
 public:
  explicit Places(const Profile& profile);
  [[nodiscard]] const Place& of(const std::string& path) const;

 private:
  std::map<std::string, Place> by_path_;
};

}  // namespace profilegen::report

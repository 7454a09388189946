// SPDX-License-Identifier: Apache-2.0
// A mount namespace, with its current and some former states.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "paths/mount_table.h"
#include "paths/path_resolver.h"

namespace profilegen {

/// Identifies a state of a namespace's mounts.
struct MountsMark {
  size_t count = 0;
  uint32_t root = 0;  ///< id of the mount at "/"
  bool operator==(const MountsMark&) const = default;
};

/// A descriptor keeps the namespace alive, so that it can be read when its processes are gone. Its mounts, however,
/// vanish with the last process.
class MountNamespace {
 public:
  /// The namespace in one state.
  struct View {
    PathResolver paths;  ///< start at the namespace's root
    MountTable mounts;
    MountsMark mark;
    UniqueFd mountinfo;  ///< polls as ready (EPOLLPRI) when the mounts have changed
  };

  /// The namespace of a process or thread, given its directory in /proc; empty if it is gone. `lookups`: the
  /// container's.
  static std::optional<MountNamespace> of(const std::string& process, PathResolver::Lookups lookups);

  /// The inode number of /proc/PID/ns/mnt.
  [[nodiscard]] uint32_t number() const { return number_; }
  /// Keeps a view of the current state for later questions.
  void look();
  /// The view with this mark: the current state or one of the last that were kept. Null if there is none.
  const View* view(const MountsMark& mark);
  /// Whether a kept view with this root shows a file system of `others` at the path, writable.
  [[nodiscard]] bool could_write_to(const std::string& path, uint32_t root_mount, const MountTable& others) const;

 private:
  MountNamespace(UniqueFd fd, uint32_t number, PathResolver::Lookups lookups)
      : fd_(std::move(fd)), number_(number), lookups_(std::move(lookups)) {}

  bool is_current();

  UniqueFd fd_;
  uint32_t number_;
  PathResolver::Lookups lookups_;
  bool changed_ = true;     // since the last view
  std::deque<View> views_;  // oldest first
};

}  // namespace profilegen

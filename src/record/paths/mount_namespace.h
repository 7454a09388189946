// SPDX-License-Identifier: Apache-2.0
// A mount namespace as it is, and as it was a moment ago.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "paths/mount_table.h"
#include "paths/path_resolver.h"

namespace profilegen {

/// What tells a namespace's mounts from earlier and later ones.
struct MountsMark {
  size_t count = 0;
  uint32_t root = 0;  ///< id of the root's mount
  bool operator==(const MountsMark&) const = default;
};

/// Kept alive by a descriptor, so that looking into it needs none of its processes. Its mounts go with the last of
/// them.
class MountNamespace {
 public:
  /// At one time.
  struct View {
    PathResolver paths;  ///< from the namespace's root
    MountTable mounts;
    MountsMark mark;
    UniqueFd mountinfo;  ///< ready (EPOLLPRI) when the mounts have changed
  };

  /// Of a process or thread, by its directory in /proc; empty when it is gone.
  static std::optional<MountNamespace> of(const std::string& process);

  /// The inode number of /proc/PID/ns/mnt.
  [[nodiscard]] uint32_t number() const { return number_; }
  /// Keeps how the namespace is now, for what is asked later.
  void look();
  /// As it was when it had this mark: now, or at one of the last times that were kept. Null when that can't be known.
  const View* view(const MountsMark& mark);

 private:
  MountNamespace(UniqueFd fd, uint32_t number) : fd_(std::move(fd)), number_(number) {}

  bool is_current();

  UniqueFd fd_;
  uint32_t number_;
  bool changed_ = true;     // since the last view
  std::deque<View> views_;  // the latest last
};

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// A mount namespace as it is now.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "mount_table.h"
#include "path_resolver.h"

namespace profilegen {

/// What tells a namespace's mounts from earlier and later ones.
struct MountsMark {
  size_t count = 0;
  uint32_t root = 0;  ///< id of the root's mount
  bool operator==(const MountsMark&) const = default;
};

/// Kept alive, with all its mounts, by a descriptor: looking into it needs none of its processes.
class MountNamespace {
 public:
  struct View {
    PathResolver paths;  ///< from the namespace's root
    MountTable mounts;
    UniqueFd mountinfo;  ///< gives the mounts as they are, whenever it is read
    /// The mounts are still the ones of the view, and those that the mark is of.
    [[nodiscard]] bool is_still(const MountsMark& mark) const;
  };

  /// Of a process or thread, by its directory in /proc; empty when it is gone.
  static std::optional<MountNamespace> of(const std::string& process);

  /// The inode number of /proc/PID/ns/mnt.
  [[nodiscard]] uint32_t number() const { return number_; }
  /// As it is now, or as it was when it was looked into before. Null when it can't be entered.
  const View* view();
  /// The next view is a new one.
  void forget_view() { view_.reset(); }

 private:
  MountNamespace(UniqueFd fd, uint32_t number) : fd_(std::move(fd)), number_(number) {}

  UniqueFd fd_;
  uint32_t number_;
  std::unique_ptr<View> view_;
};

}  // namespace profilegen

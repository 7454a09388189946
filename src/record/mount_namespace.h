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

/// Kept alive, with all its mounts, by a descriptor: looking into it needs none of its processes.
class MountNamespace {
 public:
  struct View {
    PathResolver paths;  ///< from the namespace's root
    MountTable mounts;
  };

  /// Of a process or thread, by its directory in /proc; empty when it is gone.
  static std::optional<MountNamespace> of(const std::string& process);

  /// The inode number of /proc/PID/ns/mnt.
  [[nodiscard]] uint32_t number() const { return number_; }
  /// Its mounts are not those any more that were seen last.
  void set_changed() { view_.reset(); }
  /// Null when it can't be entered.
  const View* view();

 private:
  MountNamespace(UniqueFd fd, uint32_t number) : fd_(std::move(fd)), number_(number) {}

  UniqueFd fd_;
  uint32_t number_;
  std::unique_ptr<View> view_;
};

}  // namespace profilegen

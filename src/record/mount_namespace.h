// SPDX-License-Identifier: Apache-2.0
// A mount namespace as it is now.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

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
  /// Null when it can't be entered.
  const View* view();
  /// A name was looked up in the view at this time (CLOCK_MONOTONIC, as all times here).
  void note_use(uint64_t at_ns) { uses_.push_back(at_ns); }
  /// Its mounts changed at this time. Returns how many names were looked up too late: after the change, and meant
  /// before.
  uint64_t set_changed(uint64_t at_ns);

 private:
  MountNamespace(UniqueFd fd, uint32_t number) : fd_(std::move(fd)), number_(number) {}

  UniqueFd fd_;
  uint32_t number_;
  std::unique_ptr<View> view_;
  std::vector<uint64_t> uses_;  // of the view, since the latest change
};

}  // namespace profilegen

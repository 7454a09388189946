// SPDX-License-Identifier: Apache-2.0
// Reads the files that an engine keeps about a container, such as its OCI bundle's config.json. They describe
// containers that are gone before the engine's client can answer.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "containers/live_run.h"

namespace profilegen {

/// Only files that are root's are believed, or, for containers of a user's own engine, that user's.
class Bundles {
 public:
  /// Called when a runtime moves process `pid` into the container's cgroup, which is before the container starts. Its
  /// program may end within a millisecond, and the engine then deletes the files.
  void read_ahead(const std::string& id, uint32_t pid, uint32_t user);
  /// Gives the run the files that were read ahead, or else reads them now. `pid` is a process in the container.
  void give(LiveRun& live, const std::string& id, uint32_t pid, uint32_t user);

 private:
  struct Files {
    std::string config;  ///< text of config.json; empty if there is none
    std::string engine;  ///< answer of inspect_from_files(); may be empty
  };
  Files read(const std::string& id, uint32_t pid, uint32_t user);

  std::map<std::pair<uint32_t, std::string>, Files> ahead_;  ///< by user and container id
  /// Directories with bundles in unusual places, found through bundle_of_parent(). They are searched for later
  /// containers too, whose process may be gone already.
  std::set<std::string> other_directories_;
};

}  // namespace profilegen

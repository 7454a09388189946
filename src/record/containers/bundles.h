// SPDX-License-Identifier: Apache-2.0
// What engines keep of a container in files, its OCI bundle's config.json among them: for those that are gone before
// their engine's client can answer.
#pragma once

#include <map>
#include <set>
#include <string>

#include "containers/target.h"

namespace profilegen {

class Bundles {
 public:
  /// When a runtime puts process `pid` into the container's cgroup: it has yet to start the container, while the
  /// program in it may be gone within a millisecond, and the files with it.
  void read_ahead(const std::string& id, uint32_t pid);
  /// What was read ahead of the target's container or, without that, is there now. `pid` is in the container.
  void give(Target& target, uint32_t pid);

 private:
  struct Files {
    std::string config;  ///< text of config.json; empty when there is none
    std::string engine;  ///< what inspect_from_files() says; may be empty
  };
  Files read(const std::string& id, uint32_t pid);

  std::map<std::string, Files> ahead_;  ///< by the container's id
  /// Where bundles of an engine lay that keeps them elsewhere than others. Those of processes that are gone already lie
  /// there, too.
  std::set<std::string> other_directories_;
};

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// Decides which of the starting containers are recorded.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "containers/live_run.h"
#include "profilegen/engine.h"

namespace profilegen {

/// A container is recorded if at least one of these fields selects it. An empty field selects nothing.
struct ContainerWish {
  bool all = false;
  std::vector<std::string> patterns{};  ///< shell patterns, matched with its name, id and image
  std::string cidfile{};                ///< file to which the engine's client writes the id before the container starts
  std::set<std::string> ids{};
  std::string project{};  ///< of docker compose
};

class ContainerFilter {
 public:
  explicit ContainerFilter(ContainerWish wish) : wish_(std::move(wish)) {}

  /// `unknown` if the decision needs the engine's answer, which has not come yet.
  Wanted decide(const LiveRun& live);
  [[nodiscard]] bool matches(const ContainerInfo& info) const;

 private:
  void read_cidfile();

  ContainerWish wish_;
};

}  // namespace profilegen

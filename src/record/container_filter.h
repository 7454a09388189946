// SPDX-License-Identifier: Apache-2.0
// Which of the containers that start are the ones to be recorded.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "profilegen/engine.h"
#include "target.h"

namespace profilegen {

class ContainerFilter {
 public:
  /// Those that match one of the patterns.
  static ContainerFilter by_pattern(std::vector<std::string> patterns);
  /// The one whose id the engine's client writes to `cidfile` before it starts it.
  static ContainerFilter by_cidfile(std::string cidfile);
  static ContainerFilter by_id(std::set<std::string> ids);
  static ContainerFilter by_compose_project(std::string project);

  /// `unknown` while the engine has not answered and the answer is needed.
  Wanted decide(const Target& target);
  [[nodiscard]] bool matches(const ContainerInfo& info) const;

 private:
  void read_cidfile();

  std::vector<std::string> patterns_;
  std::string cidfile_;
  std::set<std::string> ids_;
  std::string project_;
};

}  // namespace profilegen

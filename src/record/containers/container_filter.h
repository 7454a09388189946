// SPDX-License-Identifier: Apache-2.0
// Which of the containers that start are the ones to be recorded.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "containers/target.h"
#include "profilegen/engine.h"

namespace profilegen {

/// A container is wanted when one of these says so; of empty ones none does.
struct ContainerWish {
  bool all = false;
  std::vector<std::string> patterns{};  ///< shell patterns for its name, id or image
  std::string cidfile{};                ///< file to which the engine's client writes its id before it starts it
  std::set<std::string> ids{};
  std::string project{};  ///< of compose
};

class ContainerFilter {
 public:
  explicit ContainerFilter(ContainerWish wish) : wish_(std::move(wish)) {}

  /// `unknown` while the engine has not answered and the answer is needed.
  Wanted decide(const Target& target);
  [[nodiscard]] bool matches(const ContainerInfo& info) const;

 private:
  void read_cidfile();

  ContainerWish wish_;
};

}  // namespace profilegen

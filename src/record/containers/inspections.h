// SPDX-License-Identifier: Apache-2.0
// Asks engines about containers without keeping the recording waiting: an answer takes 10 to 50 ms. Which engine has
// started a container is not known before: one after the other is asked, until one knows it.
#pragma once

#include <list>
#include <string>
#include <vector>

#include "containers/target.h"
#include "profilegen/engine.h"
#include "profilegen/process/epoll.h"
#include "profilegen/process/helper_process.h"

namespace profilegen {

class Inspections {
 public:
  Inspections(std::vector<EngineClient> engines, const Epoll& epoll);

  void ask(Target& target);
  /// What has become readable; true when it belonged to a question.
  bool on_readable(int fd);
  /// Waits for all answers. A container that the engine has forgotten is described by its bundle's config.json.
  void finish();

 private:
  struct Question {
    Target* target;
    size_t turn;  ///< how many engines were asked before
    HelperProcess helper;
  };
  /// The one that names cgroups like this container's comes first.
  [[nodiscard]] const EngineClient& engine(const Target& target, size_t turn) const;
  void ask(Target& target, size_t turn);
  void close(std::list<Question>::iterator question);

  std::vector<EngineClient> engines_;
  const Epoll& epoll_;
  std::list<Question> open_;
};

/// What the engine says of containers by name or id.
Result<std::vector<ContainerInfo>> inspect(const EngineClient& engine, const std::vector<std::string>& names);

}  // namespace profilegen

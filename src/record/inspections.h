// SPDX-License-Identifier: Apache-2.0
// Asks engines about containers without keeping the recording waiting: an answer takes 10 to 50 ms.
#pragma once

#include <list>
#include <string>
#include <vector>

#include "profilegen/engine.h"
#include "program.h"
#include "target.h"

namespace profilegen {

class Inspections {
 public:
  Inspections(const Engine& engine, std::vector<std::string> client, int epoll);

  void ask(Target& target);
  /// What has become readable; true when it belonged to a question.
  bool on_readable(int fd);
  /// Waits for all answers. A container that the engine has forgotten is described by its bundle's config.json.
  void finish();

  [[nodiscard]] const Engine& engine() const { return *engine_; }
  [[nodiscard]] const std::vector<std::string>& client() const { return client_; }

 private:
  struct Question {
    Target* target;
    Program program;
  };
  void close(std::list<Question>::iterator question);

  const Engine* engine_;
  std::vector<std::string> client_;
  int epoll_;
  std::list<Question> open_;
};

/// What the engine says of containers by name or id.
Result<std::vector<ContainerInfo>> inspect(const Engine& engine, std::vector<std::string> client,
                                           const std::vector<std::string>& names);

}  // namespace profilegen

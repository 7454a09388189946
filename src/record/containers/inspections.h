// SPDX-License-Identifier: Apache-2.0
// Asks engines about containers, in the background: an answer takes 10 to 50 ms. It is not known which engine started a
// container, so the engines are asked one after the other until one knows it.
#pragma once

#include <list>
#include <string>
#include <vector>

#include "containers/live_run.h"
#include "profilegen/engine.h"
#include "profilegen/process/epoll.h"
#include "profilegen/process/helper_process.h"

namespace profilegen {

class Inspections {
 public:
  Inspections(std::vector<EngineClient> engines, const Epoll& epoll);

  void ask(LiveRun& live);
  /// Reads the answer that is ready on `fd`. False if `fd` belongs to no question.
  bool on_readable(int fd);
  /// Waits for all answers. A container that no engine knows any more is described by its bundle's config.json.
  void finish();

 private:
  struct Question {
    LiveRun* live;
    size_t turn;  ///< number of engines that were asked before
    HelperProcess helper;
  };
  /// The engine to ask next. The first one is the engine that names cgroups like this container's.
  [[nodiscard]] const EngineClient& engine(const LiveRun& live, size_t turn) const;
  void ask(LiveRun& live, size_t turn);
  void close(std::list<Question>::iterator question);

  std::vector<EngineClient> engines_;
  const Epoll& epoll_;
  std::list<Question> open_;
};

}  // namespace profilegen

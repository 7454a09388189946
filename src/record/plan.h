// SPDX-License-Identifier: Apache-2.0
// Decides what is recorded and how COMMAND has to be called for that.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "containers/container_filter.h"
#include "profilegen/recorder.h"
#include "profilegen/temporary_directory.h"

namespace profilegen {

struct Plan {
  std::vector<std::string> words;  ///< COMMAND and its arguments
  ClientCommand client;
  bool containers = false;
  std::vector<EngineClient> engines;  ///< asked about containers; at least one if `containers`
  bool follow_after_end = true;       ///< recording goes on after COMMAND's end until what it started has stopped
  bool also_running = true;           ///< also record containers that are already running
  std::optional<TemporaryDirectory> scratch;  ///< holds the --cidfile that we added to COMMAND
  ContainerFilter filter{ContainerWish{}};
};

Result<Plan> make_plan(const RecordOptions& options);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// What is to be recorded, and how COMMAND has to be called for it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "containers/container_filter.h"
#include "profilegen/recorder.h"
#include "profilegen/temporary_directory.h"

namespace profilegen {

struct Plan {
  std::vector<std::string> words;  ///< COMMAND
  ClientCommand client;
  bool containers = false;
  std::vector<EngineClient> engines;          ///< that are asked about containers; at least one if `containers`
  bool follow_after_end = true;               ///< what COMMAND started is recorded until it stops
  bool also_running = true;                   ///< containers that run before are recorded from now on
  std::optional<TemporaryDirectory> scratch;  ///< for a --cidfile of ours
  ContainerFilter filter{ContainerWish{}};
};

Result<Plan> make_plan(const RecordOptions& options);

}  // namespace profilegen

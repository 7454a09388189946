// SPDX-License-Identifier: Apache-2.0
// Containers that were running before the recording began.
#pragma once

#include <vector>

#include "containers/container_filter.h"
#include "events/facts.h"
#include "kernel/bpf_session.h"

namespace profilegen {

class LateContainers {
 public:
  LateContainers(BpfSession& session, LiveRuns& runs, const std::vector<EngineClient>& engines, uint64_t begin_ns);

  /// Registers each running container that the filter selects, unless it is recorded already.
  Status register_running(const ContainerFilter& filter);
  /// Takes in the threads of the registered containers, and the calls in which they are blocked. To be called after the
  /// session's attach().
  Status take_in();

 private:
  Status register_container(ContainerInfo info);
  void add(uint32_t index, ContainerInfo info);

  BpfSession& session_;
  LiveRuns& runs_;
  const std::vector<EngineClient>& engines_;
  int hierarchy_;
  uint64_t begin_ns_;
  bool any_ = false;  ///< a container was registered
};

}  // namespace profilegen

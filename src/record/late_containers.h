// SPDX-License-Identifier: Apache-2.0
// Containers that run already when the recording begins.
#pragma once

#include <vector>

#include "containers/container_filter.h"
#include "events/facts.h"
#include "kernel/bpf_session.h"

namespace profilegen {

class LateContainers {
 public:
  LateContainers(BpfSession& session, Targets& targets, const std::vector<EngineClient>& engines, uint64_t begin_ns);

  /// Registers every running container that the filter wants; those that are recorded already stay as they are.
  Status register_running(const ContainerFilter& filter);
  /// Takes in the threads of those registered, with the calls that they are blocked in. After the session's attach().
  Status take_in();

 private:
  Status register_container(ContainerInfo info);
  void add(uint32_t index, ContainerInfo info);

  BpfSession& session_;
  Targets& targets_;
  const std::vector<EngineClient>& engines_;
  int hierarchy_;
  uint64_t begin_ns_;
  bool any_ = false;  ///< registered
};

}  // namespace profilegen

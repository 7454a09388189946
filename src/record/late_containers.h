// SPDX-License-Identifier: Apache-2.0
// Containers that run already when the recording begins.
#pragma once

#include <vector>

#include "bpf_session.h"
#include "container_filter.h"
#include "facts.h"

namespace profilegen {

class LateContainers {
 public:
  LateContainers(BpfSession& session, Targets& targets, const Engine& engine, std::vector<std::string> client,
                 uint64_t begin_ns);

  /// Registers every running container that the filter wants; those that are recorded already stay as they are.
  Status register_running(const ContainerFilter& filter);
  /// Takes in the threads of those registered, with the calls that they are blocked in. After the session's attach().
  Status take_in();

 private:
  void add(uint32_t index, ContainerInfo info);

  BpfSession& session_;
  Targets& targets_;
  const Engine& engine_;
  std::vector<std::string> client_;
  int hierarchy_;
  uint64_t begin_ns_;
  std::vector<Target*> attached_;
};

/// The number of the system call that a thread is blocked in, from the text of /proc/PID/task/TID/syscall.
std::optional<uint32_t> blocked_call(const std::string& text);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// A container that has ended may be started again: by hand (docker restart), or by the engine, after its restart
// policy.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "containers/live_run.h"
#include "events/facts.h"
#include "kernel/bpf_session.h"

namespace profilegen {

class Restarts {
 public:
  Restarts(const std::vector<EngineClient>& engines, const BpfSession& session)
      : engines_(engines), session_(session) {}

  /// Tells each start of a container that was recorded before, once.
  void tell_new(const LiveRuns& runs, const std::function<void(const std::string&)>& say);
  /// Whether every recorded container has come to its last end. To be asked when all runs have ended: it may wait for
  /// an engine's answer, which takes some 20 ms.
  bool are_over(const LiveRuns& runs);

 private:
  /// What is known of a container since the end of its latest run.
  struct End {
    uint32_t run = 0;
    uint64_t asked_ns = 0;
    bool is_last = false;
  };
  bool is_last(const LiveRun& live);
  [[nodiscard]] bool may_have_been_stopped(const LiveRun& live) const;
  [[nodiscard]] const EngineClient& engine_of(const LiveRun& live) const;

  const std::vector<EngineClient>& engines_;
  const BpfSession& session_;
  std::map<std::string, End> ends_;  ///< by container id
  std::set<uint32_t> told_;
};

}  // namespace profilegen

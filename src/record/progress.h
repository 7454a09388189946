// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "events/facts.h"
#include "profilegen/recorder.h"

namespace profilegen {

/// Reports the state of a recording at regular intervals.
class ProgressReports {
 public:
  ProgressReports(const RecordOptions& options, uint64_t begin_ns);

  /// Called when everything is loaded: CPU time used so far does not count as a cost of recording.
  void begin();
  void tell_if_due(const LiveRuns& runs, const BpfSession& session, bool command_ended);

 private:
  std::function<void(const RecordProgress&)> tell_;
  uint64_t period_ns_;
  uint64_t begin_ns_;
  uint64_t told_ns_ = 0;
  double processor_seconds_ = 0;  // CPU time used before begin()
  uint64_t last_new_ns_;
  uint64_t recorded_ = 0;  // BpfSession::progress() at the last look
  std::map<uint64_t, std::string> functions_;
};

}  // namespace profilegen

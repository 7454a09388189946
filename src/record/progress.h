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

/// Tells how a recording stands, from time to time.
class ProgressReports {
 public:
  ProgressReports(const RecordOptions& options, uint64_t begin_ns);

  /// All is loaded: what that took of a processor is not what the recording takes.
  void begin();
  void tell_if_due(const Targets& targets, const BpfSession& session, bool command_ended);

 private:
  std::function<void(const RecordProgress&)> tell_;
  uint64_t period_ns_;
  uint64_t begin_ns_;
  uint64_t told_ns_ = 0;
  double processor_seconds_ = 0;  // taken until then
  uint64_t last_new_ns_;
  uint64_t recorded_ = 0;  // BpfSession::progress() when it was last looked at
  std::map<uint64_t, std::string> functions_;
};

}  // namespace profilegen

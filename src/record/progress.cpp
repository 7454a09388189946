// SPDX-License-Identifier: Apache-2.0
#include "progress.h"

#include <sys/resource.h>

#include <set>
#include <utility>

#include "profilegen/process/clock.h"
#include "run_description.h"

namespace profilegen {
namespace {

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void count(const LiveRuns& runs, const BpfSession& session, RecordProgress& progress) {
  std::set<std::pair<Arch, uint32_t>> calls;
  std::set<std::string> names;  // several runs of one container are one
  for (const auto& [index, live] : runs) {
    if (live->wanted != Wanted::yes) continue;
    for (const auto& [key, fact] : live->facts.syscalls)
      if (key.phase == Phase::app) calls.emplace(key.arch, key.number);
    progress.changes += live->files.changes();
    if (live->id.empty()) continue;
    const auto sets = session.run(index);
    if (sets && !live->ended && sets->first_process != 0) progress.processes.push_back(sets->first_process);
    names.insert(live->info ? live->info->subject.container_name : live->id.substr(0, 12));
  }
  progress.containers.assign(names.begin(), names.end());
  progress.syscalls = calls.size();
}

}  // namespace

ProgressReports::ProgressReports(const RecordOptions& options, uint64_t begin_ns)
    : tell_(options.progress),
      period_ns_(static_cast<uint64_t>(options.progress_period.count())),
      begin_ns_(begin_ns),
      last_new_ns_(begin_ns) {}

void ProgressReports::begin() {
  told_ns_ = monotonic_ns();
  processor_seconds_ = processor_seconds();
}

void ProgressReports::tell_if_due(const LiveRuns& runs, const BpfSession& session, bool command_ended) {
  if (!tell_) return;
  const uint64_t now = monotonic_ns();
  const uint64_t recorded = session.progress();
  if (std::exchange(recorded_, recorded) != recorded) last_new_ns_ = now;
  if (now - told_ns_ < period_ns_) return;
  const double processor = processor_seconds();
  const double since_told = static_cast<double>(now - std::exchange(told_ns_, now)) / 1e9;
  const double taken = processor - std::exchange(processor_seconds_, processor);
  RecordProgress progress;
  count(runs, session, progress);
  progress.capabilities = capabilities_so_far(runs, session, functions_).size();
  progress.command_ended = command_ended;
  progress.elapsed = std::chrono::nanoseconds(now - begin_ns_);
  progress.since_new = std::chrono::nanoseconds(now - last_new_ns_);
  progress.lost = losses(session);
  progress.processor = taken / since_told;
  tell_(progress);
}

}  // namespace profilegen

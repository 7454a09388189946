// SPDX-License-Identifier: Apache-2.0
// Runs a command and records it, or the containers that it starts or tests.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "profilegen/ladder.h"
#include "profilegen/result.h"
#include "profilegen/trace.h"

namespace profilegen {

struct Recording {
  std::string name;  ///< container's name, or the program's; unique among the recordings of one call
  Trace trace;       ///< all but the files
  FileRows files;    ///< valid as long as any copy of it
  FileRows
      refused;  ///< likewise: what a read-only file system refused (EROFS), if that was asked for. An open is a write
  std::vector<UserStack> stacks;  ///< likewise, in the order in which they were seen
};

struct RecordOutcome {
  int exit_status = 0;          ///< COMMAND's; 128 + n when signal n killed it; 0 without COMMAND
  bool command_started = true;  ///< false: it could not be run, `exit_status` is 126 or 127 and `failure` says why
  std::string failure;
  bool containers = false;            ///< containers were asked for, not a process tree
  uint64_t events = 0;                ///< that the kernel part sent
  bool checkpointed = false;          ///< checkpoints were taken
  std::vector<Recording> recordings;  ///< sorted by name
  /// Set when COMMAND still runs, since `duration` is over: waits for it, passing signals on, and gives its exit
  /// status.
  std::function<int()> wait_for_command;
};

/// How a recording stands, of all that is recorded together.
struct RecordProgress {
  std::vector<std::string> containers;   ///< names of those that were asked for; empty for a process tree
  bool command_ended = false;            ///< COMMAND has ended, and what it started is still recorded
  std::chrono::nanoseconds elapsed{};    ///< since the recording began
  std::chrono::nanoseconds since_new{};  ///< since the last new item
  size_t syscalls = 0;                   ///< different ones of the application
  size_t capabilities = 0;               ///< that it needed
  size_t changes = 0;                    ///< to files
  std::map<std::string, uint64_t> lost;  ///< counter (loss.def) → events; only those above 0
  double processor = 0;                  ///< share of one processor that the recorder took since the last time
};

struct RecordOptions {
  std::vector<std::string> command;     ///< empty: record until SIGINT or SIGTERM, or until `pid` ends
  std::vector<std::string> containers;  ///< shell patterns; empty: COMMAND's tree, or what a client command starts
  bool all_containers = false;          ///< in place of patterns: whatever any engine starts
  int pid = 0;                          ///< in place of COMMAND: a running process and all that descends from it
  std::chrono::nanoseconds duration{};  ///< how long at most; 0 is without limit. COMMAND is not ended by it
  bool many_arguments = false;          ///< up to kMostArgumentValues of each call, in place of 32
  bool refusals = false;                ///< also tell what read-only file systems refused
  ForcedRungs hooks;                    ///< instead of the best that this kernel loads
  std::function<void(const std::string&)> say;  ///< one line for a person, without a line end
  std::chrono::nanoseconds checkpoint{};        ///< how often `save_checkpoint` is called; 0: never
  /// Gets what is recorded so far, each run marked as interrupted. Called in a copy of this process, so that the
  /// recording goes on meanwhile.
  std::function<void(const RecordOutcome&)> save_checkpoint;
  std::function<void(const RecordProgress&)> progress;  ///< called every `progress_period`
  std::chrono::nanoseconds progress_period = std::chrono::seconds(1);
  std::map<std::string, uint32_t> sizes;  ///< of maps of the kernel part, by name: for tests of what is lost
};

/// Needs CAP_BPF, CAP_PERFMON, CAP_SYS_PTRACE, CAP_DAC_READ_SEARCH (or root). An Error means that nothing was recorded
/// and that COMMAND was not started or was already ended.
Result<RecordOutcome> record(const RecordOptions& options);

}  // namespace profilegen

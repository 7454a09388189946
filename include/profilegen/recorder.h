// SPDX-License-Identifier: Apache-2.0
// Runs a command and records it, or records the containers that it starts or tests.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "profilegen/confinement.h"
#include "profilegen/ladder.h"
#include "profilegen/refusals.h"
#include "profilegen/result.h"
#include "profilegen/trace.h"

namespace profilegen {

struct Recording {
  std::string name;               ///< the container's or the program's name; unique among the recordings of one call
  Trace trace;                    ///< everything but the files
  FileRows files;                 ///< valid as long as any copy of it exists
  Refusals refused;               ///< if asked for
  std::vector<UserStack> stacks;  ///< in the order in which they were seen; recorded together with `refused`
  std::vector<std::optional<Confinement>> confinements{};  ///< of a container, one for each run; nullopt: not known
};

struct RecordOutcome {
  int exit_status = 0;          ///< COMMAND's exit status; 128 + n when signal n killed it; 0 without COMMAND
  bool command_started = true;  ///< false: it could not be run; `exit_status` is 126 or 127, `failure` says why
  std::string failure;
  std::string messages;       ///< the beginning of what COMMAND wrote to its standard error, if that was asked for
  bool containers = false;    ///< true: containers were recorded, false: a process tree
  uint64_t events = 0;        ///< number of events that the kernel part sent
  bool checkpointed = false;  ///< checkpoints were taken
  std::vector<Recording> recordings;  ///< sorted by name
  /// Containers whose first program could not be executed, because it demands capabilities that they do not get, or
  /// lies on a mount without execution. All calls in them are the runtime's.
  std::vector<Recording> unstarted;
  /// Set when `duration` has passed and COMMAND still runs. Waits for it, passes signals on, and returns its exit
  /// status.
  std::function<int()> wait_for_command;
};

/// The state of a recording, for all that is recorded together.
struct RecordProgress {
  std::vector<std::string> containers;   ///< names of the recorded containers; empty for a process tree
  std::vector<uint32_t> processes{};     ///< the first process of each container that runs, in our pid namespace
  bool command_ended = false;            ///< COMMAND has ended, but what it started is still recorded
  std::chrono::nanoseconds elapsed{};    ///< since the recording began
  std::chrono::nanoseconds since_new{};  ///< since the last new item
  size_t syscalls = 0;                   ///< different system calls of the application
  size_t capabilities = 0;               ///< different capabilities that it needed
  size_t changes = 0;                    ///< different changes to files
  std::map<std::string, uint64_t> lost;  ///< counter (loss.def) → events; only those above 0
  double processor = 0;                  ///< share of one processor that the recorder used since the last report
};

struct RecordOptions {
  std::vector<std::string> command;     ///< empty: record until SIGINT or SIGTERM, or until `pid` ends
  std::vector<std::string> containers;  ///< shell patterns; empty: COMMAND's tree, or what a client command starts
  bool all_containers = false;          ///< instead of patterns: every container that any engine starts
  int pid = 0;                          ///< instead of COMMAND: a running process and all its descendants
  std::chrono::nanoseconds duration{};  ///< longest time; 0: no limit. COMMAND is not ended by it
  bool many_arguments = false;          ///< record up to kMostArgumentValues tuples of each call instead of 32
  bool refusals = false;                ///< also report what was refused
  bool keep_messages = false;           ///< also keep what COMMAND writes to its standard error, which is passed on
  ForcedRungs hooks;                    ///< rungs to use instead of the best that this kernel loads
  std::function<void(const std::string&)> say;  ///< prints one line for a person; the line has no line end
  std::chrono::nanoseconds checkpoint{};        ///< how often `save_checkpoint` is called; 0: never
  /// Receives what is recorded so far, each run marked as interrupted. It is called in a forked copy of this process,
  /// so that the recording goes on meanwhile.
  std::function<void(const RecordOutcome&)> save_checkpoint;
  std::function<void(const RecordProgress&)> progress;  ///< called every `progress_period`
  std::chrono::nanoseconds progress_period = std::chrono::seconds(1);
  std::map<std::string, uint32_t> sizes;  ///< sizes of the kernel part's maps, by name: for tests that provoke losses
};

/// Needs root, or CAP_BPF, CAP_PERFMON, CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH. An Error means that nothing was
/// recorded, and that COMMAND was not started or has been ended.
Result<RecordOutcome> record(const RecordOptions& options);

}  // namespace profilegen

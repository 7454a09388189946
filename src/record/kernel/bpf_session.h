// SPDX-License-Identifier: Apache-2.0
// Owns the kernel part: BPF programs, maps and the ring buffer.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/ring_reader.h"
#include "profilegen/abi_events.h"
#include "profilegen/ladder.h"
#include "profilegen/result.h"

namespace profilegen {

class KernelAnswers;

struct BpfOptions {
  bool containers = false;   ///< follow cgroups; otherwise one process tree
  bool running = false;      ///< take_in_running() will be called
  int cgroup_hierarchy = 0;  ///< id of the hierarchy whose cgroups are containers (cgroups(7)); 0 for v2
  bool refusals = false;     ///< report what read-only file systems refused
  bool try_anew = false;     ///< try all rungs, without the answers of earlier recordings
  uint32_t most_runs = 1;
  uint32_t most_argument_values = 32;  ///< per call; a call with more is recorded with any arguments
  ForcedRungs hooks{};
  std::map<std::string, uint32_t> sizes;  ///< map sizes in entries, by name; `events` in bytes
};

class BpfSession {
 public:
  /// Loads everything. Nothing is recorded before attach().
  static Result<BpfSession> create(const BpfOptions& options, const std::vector<pg_call_info>& calls,
                                   RingReader::Handlers handlers);
  BpfSession(BpfSession&&) noexcept;
  BpfSession& operator=(BpfSession&&) noexcept;
  ~BpfSession();

  Status attach();

  /// Makes the process behind `pidfd` the root of run 0; `thread` is its first thread. It is recorded from its
  /// next execve on, or from take_in_running() on.
  Status follow_process(int pidfd, uint32_t thread);
  /// Makes a running cgroup a run of its own, and returns its index.
  Result<uint32_t> follow_cgroup(uint64_t cgroup);
  /// Takes in the threads that already run in the followed cgroups or in the process tree. To be called after attach().
  Result<std::vector<pg_taken>> take_in_running();
  void ignore(uint32_t run);

  /// Becomes readable when events are waiting.
  [[nodiscard]] int events_fd() const;
  /// Hands events from the ring buffer to the handlers. Handles a limited number, so that a program which fills the
  /// buffer all the time does not keep the caller from other work.
  void drain();
  /// Calls the `at_once` handler for new events, which are about things that may soon be gone. The events stay in the
  /// buffer.
  void look_ahead();
  /// Hands out everything that is in the buffer at the time of the call, and nothing that containers add meanwhile.
  void drain_all();

  /// The number of events handed out so far.
  [[nodiscard]] uint64_t events() const;
  /// How often the kernel skipped the programs of a rung, for any process. It does so if a thread is interrupted inside
  /// a program and the next thread on that CPU reaches the same program (bpf_prog_info.recursion_misses, Linux 5.12).
  [[nodiscard]] uint64_t skipped(const Rung& rung) const;
  /// The runs that have living threads, found by listing all threads of the machine.
  [[nodiscard]] Result<std::set<uint32_t>> living() const;
  /// Takes the peaks of running threads. Those of other threads were taken when they ended.
  void measure_living() const;
  /// A number that grows with each recorded fact.
  [[nodiscard]] uint64_t progress() const;

  [[nodiscard]] std::optional<pg_run> run(uint32_t index) const;
  [[nodiscard]] std::vector<std::pair<pg_odd_key, pg_first>> odd_calls() const;
  /// The executed programs, with their numbers as used in the marks of calls.
  [[nodiscard]] std::vector<std::pair<pg_program_key, uint32_t>> programs() const;
  [[nodiscard]] std::vector<std::pair<pg_argument_key, pg_argument_fact>> arguments() const;
  [[nodiscard]] std::vector<std::pair<pg_denied_key, pg_first>> denied_calls() const;
  [[nodiscard]] std::vector<std::pair<pg_denied_arguments_key, pg_first>> denied_arguments() const;
  [[nodiscard]] std::vector<std::pair<pg_site_key, pg_site>> capability_sites() const;
  [[nodiscard]] std::vector<std::pair<pg_behaviour_key, pg_first>> behaviours() const;
  [[nodiscard]] std::vector<std::pair<pg_ports_key, pg_ports>> ports() const;
  /// The kernel function that contains a return address; "" if there is none.
  [[nodiscard]] std::string function_at(uint64_t address) const;
  [[nodiscard]] uint64_t loss(pg_loss counter) const;
  /// The rung by which each kind of fact is recorded.
  [[nodiscard]] const std::vector<HookChoice>& hooks() const;

 private:
  struct State;
  static Result<std::unique_ptr<State>> load_best(const BpfOptions& options, KernelAnswers& answers);
  explicit BpfSession(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// Owns the kernel part: programs, maps and the ring buffer. The only piece that knows libbpf.
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

#include "profilegen/abi.h"
#include "profilegen/hooks.h"
#include "profilegen/result.h"
#include "ring_reader.h"

namespace profilegen {

class KernelAnswers;

struct BpfOptions {
  bool containers = false;   ///< follow cgroups; else one process tree
  bool running = false;      ///< take_in_running() will be called
  int cgroup_hierarchy = 0;  ///< id of the hierarchy whose cgroups are containers (cgroups(7)); 0 is the v2 one
  bool refusals = false;     ///< tell what read-only file systems refused
  bool try_anew = false;     ///< what the kernel loads, though it is known from a recording since the last boot
  uint32_t most_recordings = 1;
  uint32_t most_argument_values = 32;  ///< of one call; one with more is recorded with any
  ForcedRungs hooks{};
  std::map<std::string, uint32_t> sizes;  ///< entries of maps by name, instead of the usual; `events` in bytes
};

class BpfSession {
 public:
  /// Loads everything; nothing runs before attach().
  static Result<BpfSession> create(const BpfOptions& options, const std::vector<pg_call_info>& calls,
                                   RingReader::Handlers handlers);
  BpfSession(BpfSession&&) noexcept;
  BpfSession& operator=(BpfSession&&) noexcept;
  ~BpfSession();

  Status attach();

  /// Makes the process behind a pidfd, whose first thread that is, the root of recording 0: it counts from its next
  /// execve on, or from take_in_running() on.
  Status follow_process(int pidfd, uint32_t thread);
  /// Makes a running cgroup a recording of its own.
  Result<uint32_t> follow_cgroup(uint64_t cgroup);
  /// Takes in the threads that run in the followed cgroups, or in the process tree; after attach().
  Result<std::vector<pg_taken>> take_in_running();
  void ignore(uint32_t recording);

  /// Readable when events wait.
  [[nodiscard]] int events_fd() const;
  /// Hands events that are in the ring buffer to the handler. Bounded, so that whoever fills the buffer without end
  /// does not keep the caller from everything else.
  void drain();
  /// Looks at what has come since, for what is soon gone; it is handed out later.
  void look_ahead();
  /// Hands out all that was in the buffer when it was called. Containers that go on do not make it longer.
  void drain_all();

  /// Handed out so far.
  [[nodiscard]] uint64_t events() const;
  /// How often the kernel skipped a rung's programs, for any process: it does so when one thread is interrupted in a
  /// program and the next one on its CPU comes to the same program (bpf_prog_info.recursion_misses, Linux 5.12).
  [[nodiscard]] uint64_t skipped(const Rung& rung) const;
  /// The recordings that have threads, by looking at each thread there is.
  [[nodiscard]] Result<std::set<uint32_t>> living() const;
  /// Takes the peaks of those that still run, which are taken when a thread ends.
  void measure_living() const;
  /// Grows with each fact that is recorded.
  [[nodiscard]] uint64_t progress() const;

  [[nodiscard]] std::optional<pg_recording> recording(uint32_t index) const;
  [[nodiscard]] std::vector<std::pair<pg_odd_key, pg_first>> odd_calls() const;
  /// Programs that were executed, with their numbers in the marks of calls.
  [[nodiscard]] std::vector<std::pair<pg_program_key, uint32_t>> programs() const;
  [[nodiscard]] std::vector<std::pair<pg_argument_key, pg_argument_fact>> arguments() const;
  [[nodiscard]] std::vector<std::pair<pg_denied_key, pg_first>> denied_calls() const;
  [[nodiscard]] std::vector<std::pair<pg_site_key, pg_site>> capability_sites() const;
  /// The kernel function to which a return address belongs; "" when there is none.
  [[nodiscard]] std::string function_at(uint64_t address) const;
  [[nodiscard]] uint64_t loss(pg_loss counter) const;
  /// What each kind of fact is recorded by.
  [[nodiscard]] const std::vector<HookChoice>& hooks() const;

 private:
  struct State;
  static Result<std::unique_ptr<State>> load_best(const BpfOptions& options, KernelAnswers& answers);
  explicit BpfSession(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace profilegen

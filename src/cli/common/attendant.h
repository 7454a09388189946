// SPDX-License-Identifier: Apache-2.0
// Looks after a container that runs until somebody stops it, while it is recorded: waits until it is up, runs the
// check, and stops it.
#pragma once

#include <sys/types.h>

#include <string>

#include "profilegen/engine.h"
#include "profilegen/unique_fd.h"

namespace profilegen::cli {

struct Attendance {
  std::string check;  ///< a command for sh; empty: it is enough that the container is up
  int start = 1;      ///< which start of the container this is; the check sees it as PROFILEGEN_START
};

/// What the attendant saw.
struct Attended {
  enum class End {
    unseen,     ///< the container was not seen to run
    checking,   ///< the check runs
    passed,     ///< the check passed, or without one: the container is up
    failed,     ///< the check failed; `status` is its own
    unhealthy,  ///< the container's own health check failed
    ended,      ///< the container ended by itself; `status` is its own
  };
  End end = End::unseen;
  int status = 0;
  [[nodiscard]] bool passed() const { return end == End::passed; }
};
/// One line for a person.
std::string attended_text(const Attended& attended, const Attendance& wish);

class Attendant {
 public:
  /// Begins to wait for the container whose id the engine's client writes to `cidfile`. The attendant is a process of
  /// its own, since recording keeps this one busy.
  static Result<Attendant> start(const Attendance& wish, const EngineClient& client, const std::string& cidfile);
  Attendant(Attendant&& other) noexcept;
  Attendant& operator=(Attendant&&) = delete;
  ~Attendant();

  /// To be called when the recording is over. Waits for a check that still runs.
  Attended finish();

 private:
  Attendant(pid_t pid, UniqueFd answers) : pid_(pid), answers_(std::move(answers)) {}
  bool wait_for_answer(int milliseconds, Attended& answer) const;
  void end();
  pid_t pid_;
  UniqueFd answers_;
};

}  // namespace profilegen::cli

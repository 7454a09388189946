// SPDX-License-Identifier: Apache-2.0
// Runs a container under a bundle, and watches what is denied.
#pragma once

#include <chrono>
#include <set>
#include <string>
#include <vector>

#include "common/console.h"
#include "profilegen/recorder.h"
#include "profilegen/verify.h"

namespace profilegen::cli {

struct BundleCommand {
  std::string bundle;                ///< its directory, or the file of a filter
  std::string filter;                ///< the text of a filter that is used without a bundle; empty: the bundle's
  std::vector<std::string> command;  ///< the client of a container engine, with `run`
  bool complain = false;             ///< the filter lets everything through
  bool apparmor = false;             ///< also load the bundle's AppArmor profile, and apply it
  bool interim = true;               ///< tell denials already while the container runs
  std::chrono::nanoseconds quiet_after = std::chrono::minutes(1);  ///< tell where it waits after this time without news
};

struct BundleRun {
  RecordOutcome outcome;
  std::vector<Denial> denials;
  std::vector<Denial> others{};    ///< refused, but not by the bundle
  std::string stalled{};           ///< what was told when it was quiet for long; else empty
  std::vector<Error> losses;       ///< lost events: each of them may have been a denial
  bool no_new_privileges = false;  ///< the policy's flags, or the command itself, asked for it

  [[nodiscard]] bool ran() const { return !outcome.recordings.empty(); }
  /// Whether it is known what was denied: the container ran, or its first program was not permitted.
  [[nodiscard]] bool tells() const { return ran() || !outcome.unstarted.empty(); }
  /// The only one: `run` starts one container.
  [[nodiscard]] const Recording& recording() const {
    return ran() ? outcome.recordings.front() : outcome.unstarted.front();
  }
  [[nodiscard]] const Trace& trace() const { return recording().trace; }
  /// Whether the container had a filter at all: the user's command may have taken it away (--privileged).
  [[nodiscard]] bool confined() const;
  [[nodiscard]] bool passed() const {
    return ran() && confined() && outcome.exit_status == 0 && denials.empty() && losses.empty();
  }
};

/// The runtime that the engine's client starts containers with, as far as the command says it: by --runtime, or
/// Docker's default. Empty when it is not known.
std::set<Runtime> runtimes_of(const std::vector<std::string>& command);

/// Runs the command with the bundle's flags, and finds what was denied although the profile does not expect that. Under
/// a filter alone only denied calls are looked for; the profile then has the calls that the filter allows.
Result<BundleRun> run_under_bundle(const BundleCommand& request, const Profile& profile, const Console& console);

}  // namespace profilegen::cli

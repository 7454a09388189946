// SPDX-License-Identifier: Apache-2.0
// Runs a container under a bundle, and watches what is denied.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "common/attendant.h"
#include "common/console.h"
#include "profilegen/recorder.h"
#include "profilegen/verify.h"

namespace profilegen::cli {

struct BundleCommand {
  std::string bundle;                    ///< its directory, or the file of a filter
  std::string filter;                    ///< the text of a filter that is used without a bundle; empty: the bundle's
  std::vector<std::string> command;      ///< the client of a container engine, with `run`
  bool complain = false;                 ///< the filter lets everything through
  bool apparmor = false;                 ///< also load the bundle's AppArmor profile, and apply it
  bool interim = true;                   ///< tell denials already while the container runs
  std::optional<Attendance> attendance;  ///< set: the container is looked after, and stopped
  std::string again;                     ///< this container, which COMMAND made before, is started once more instead
  std::chrono::nanoseconds quiet_after = std::chrono::minutes(1);  ///< tell where it waits after this time without news
};

struct BundleRun {
  RecordOutcome outcome;
  std::vector<Denial> denials;
  std::vector<Denial> others{};         ///< refused, but not by the bundle
  std::string stalled{};                ///< what was told when it was quiet for long; else empty
  std::vector<Error> losses;            ///< lost events: each of them may have been a denial
  std::optional<Attended> attended;     ///< set if the container was looked after
  bool no_new_privileges = false;       ///< the policy's flags, or the command itself, asked for it
  std::vector<std::string> left_out{};  ///< options of the command that the bundle replaces: see left_out_text()

  [[nodiscard]] bool ran() const { return !outcome.recordings.empty(); }
  /// Whether it is known what was denied: the container ran, or its first program was not permitted.
  [[nodiscard]] bool tells() const { return ran() || !outcome.unstarted.empty(); }
  /// The only one: `run` starts one container.
  [[nodiscard]] const Recording& recording() const {
    return ran() ? outcome.recordings.front() : outcome.unstarted.front();
  }
  [[nodiscard]] const Trace& trace() const { return recording().trace; }
  [[nodiscard]] bool passed() const { return ran() && outcome.exit_status == 0 && denials.empty() && losses.empty(); }
};

/// One line for a person.
std::string left_out_text(const std::vector<std::string>& left_out);

/// Runs the command with the bundle's flags, and finds what was denied although the profile does not expect that. Under
/// a filter alone only denied calls are looked for; the profile then has the calls that the filter allows. Fails when
/// the container did not run under the bundle's policy.
Result<BundleRun> run_under_bundle(const BundleCommand& request, const Profile& profile, const Console& console);

}  // namespace profilegen::cli

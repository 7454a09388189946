// SPDX-License-Identifier: Apache-2.0
// A container under a bundle, watched.
#pragma once

#include <string>
#include <vector>

#include "common/console.h"
#include "profilegen/recorder.h"
#include "profilegen/verify.h"

namespace profilegen::cli {

struct BundleCommand {
  std::string bundle;                ///< its directory
  std::vector<std::string> command;  ///< an engine's client with `run`
  bool complain = false;             ///< the filter lets everything through
  bool apparmor = false;             ///< its AppArmor profile, too, which is loaded meanwhile
  bool interim = true;               ///< what is denied is told while it runs, too
};

struct BundleRun {
  RecordOutcome outcome;
  std::vector<Denial> denials;
  std::vector<Error> losses;  ///< what was lost may have been a denial

  [[nodiscard]] bool ran() const { return !outcome.recordings.empty(); }
  [[nodiscard]] const Trace& trace() const { return outcome.recordings.front().trace; }  ///< `run` starts one
  [[nodiscard]] bool passed() const { return ran() && outcome.exit_status == 0 && denials.empty() && losses.empty(); }
};

/// Runs the command with the bundle's flags, and finds what was denied that the profile does not mean to deny.
Result<BundleRun> run_under_bundle(const BundleCommand& request, const Profile& profile, const Console& console);

}  // namespace profilegen::cli

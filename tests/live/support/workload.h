// SPDX-License-Identifier: Apache-2.0
// A shell script that was recorded in a container, to be run again under the bundle emitted for it.
#pragma once

#include <string>

#include "support/containers.h"

class Workload {
 public:
  /// Records `docker run OPTIONS IMAGE sh -c SCRIPT`, which must succeed, and emits the bundle. There is no network.
  Workload(const Words& options, std::string image, const std::string& script);

  /// Runs the script again under docker.flags and more flags.
  [[nodiscard]] Outcome again(const Words& more = {}) const { return other(script_, more); }
  /// Runs another script under docker.flags.
  [[nodiscard]] Outcome other(const std::string& script, const Words& more = {}) const;

  [[nodiscard]] const profilegen::Trace& trace() const { return trace_; }
  [[nodiscard]] const profilegen::Profile& profile() const { return profile_; }
  /// The output of the recorded run.
  [[nodiscard]] const std::string& out() const { return out_; }
  /// The content of a file of the bundle.
  [[nodiscard]] std::string artifact(const std::string& file) const { return scratch_.read("profilegen-out/" + file); }
  /// The flags in docker.flags that concern the file system, one per line.
  [[nodiscard]] std::string hole_flags() const;
  [[nodiscard]] const Scratch& scratch() const { return scratch_; }

 private:
  Scratch scratch_;
  Words options_;
  std::string image_;
  std::string script_;
  std::string out_;
  profilegen::Trace trace_;
  profilegen::Profile profile_;
};

/// Checks that the script runs under its flags and prints the same.
void check_passes(const Workload& work);
/// Checks that writing this path fails because the mount is read-only. The shell's `>` needs only calls that were
/// recorded.
void check_refused(const Workload& work, const std::string& path);

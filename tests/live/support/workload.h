// SPDX-License-Identifier: Apache-2.0
// A shell script that was recorded in a container, and runs again under the bundle that was emitted for it.
#pragma once

#include <string>

#include "support/containers.h"

class Workload {
 public:
  /// Records `docker run OPTIONS IMAGE sh -c SCRIPT`, which must pass, and emits the bundle. There is no network.
  Workload(const Words& options, std::string image, const std::string& script);

  /// The same under docker.flags, and more flags.
  [[nodiscard]] Outcome again(const Words& more = {}) const { return other(script_, more); }
  /// Another script under docker.flags.
  [[nodiscard]] Outcome other(const std::string& script, const Words& more = {}) const;

  [[nodiscard]] const profilegen::Trace& trace() const { return trace_; }
  [[nodiscard]] const profilegen::Profile& profile() const { return profile_; }
  /// What the recorded run printed.
  [[nodiscard]] const std::string& out() const { return out_; }
  /// A file of the bundle.
  [[nodiscard]] std::string artifact(const std::string& file) const { return scratch_.read("profilegen-out/" + file); }
  /// The flags of docker.flags that are about the file system, one a line.
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

/// It runs again under its flags, and prints the same.
void check_passes(const Workload& work);
/// A write to this path fails because the mount is read-only. The shell's `>` needs no call but the recorded ones.
void check_refused(const Workload& work, const std::string& path);

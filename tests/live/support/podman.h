// SPDX-License-Identifier: Apache-2.0
// Containers under podman and a runtime of one's choice, with a storage that goes with the test.
#pragma once

#include <memory>
#include <string>

#include "support/background.h"
#include "support/containers.h"

class Podman {
 public:
  /// The image is taken over from Docker.
  Podman(const Scratch& scratch, std::string image);
  Podman(const Podman&) = delete;
  Podman& operator=(const Podman&) = delete;
  ~Podman();

  /// `podman --runtime RUNTIME run OPTIONS IMAGE COMMAND`, without a network.
  [[nodiscard]] Outcome run(const std::string& runtime, const Words& options, const Words& command) const;

 private:
  [[nodiscard]] Outcome podman(const Words& arguments) const;
  const Scratch& scratch_;
  std::string image_;
  std::string cgroup_;
};

/// A podman whose containers go on when a client has ended, and that can be recorded: it lives in a mount namespace,
/// in which the recorder runs, too.
class PodmanHost {
 public:
  PodmanHost(const Scratch& scratch, const std::string& image);
  PodmanHost(const PodmanHost&) = delete;
  PodmanHost& operator=(const PodmanHost&) = delete;
  ~PodmanHost();

  /// Any command in its namespace.
  [[nodiscard]] Words inside(const Words& command) const;
  [[nodiscard]] Outcome run(const Words& command) const { return scratch_.run(inside(command)); }
  /// `profilegen record OPTIONS -- COMMAND` there, which must end with status 0 and leave a trace that loads.
  [[nodiscard]] profilegen::Trace record(const Words& command, const Words& options = {}) const;
  /// `podman --runtime RUNTIME WORDS`, and its `run OPTIONS IMAGE COMMAND`, as words.
  [[nodiscard]] Words client(const std::string& runtime, const Words& words) const;
  [[nodiscard]] Words run_words(const std::string& runtime, const Words& options, const Words& command) const;

 private:
  const Scratch& scratch_;
  std::string image_;
  std::string cgroup_;
  int holder_ = 0;  ///< a process of the namespace
  std::unique_ptr<Background> process_;
};

// SPDX-License-Identifier: Apache-2.0
// Runs containers with podman and a chosen runtime. The storage is removed at the end of the test.
#pragma once

#include <memory>
#include <string>

#include "support/background.h"
#include "support/containers.h"

class Podman {
 public:
  /// The image is copied from Docker.
  Podman(const Scratch& scratch, std::string image);
  Podman(const Podman&) = delete;
  Podman& operator=(const Podman&) = delete;
  ~Podman();

  /// Runs `podman --runtime RUNTIME run OPTIONS IMAGE COMMAND`, without a network.
  [[nodiscard]] Outcome run(const std::string& runtime, const Words& options, const Words& command) const;

 private:
  [[nodiscard]] Outcome podman(const Words& arguments) const;
  const Scratch& scratch_;
  std::string image_;
  std::string cgroup_;
};

/// A podman whose containers outlive the client, so that they can be recorded. It and the recorder run in one mount
/// namespace.
class PodmanHost {
 public:
  PodmanHost(const Scratch& scratch, const std::string& image);
  PodmanHost(const PodmanHost&) = delete;
  PodmanHost& operator=(const PodmanHost&) = delete;
  ~PodmanHost();

  /// Words that run a command in that namespace.
  [[nodiscard]] Words inside(const Words& command) const;
  [[nodiscard]] Outcome run(const Words& command) const { return scratch_.run(inside(command)); }
  /// Runs `profilegen record OPTIONS -- COMMAND` there. It must succeed and leave a trace that loads.
  [[nodiscard]] profilegen::Trace record(const Words& command, const Words& options = {}) const;
  /// The words of `podman --runtime RUNTIME WORDS`, and of its `run OPTIONS IMAGE COMMAND`.
  [[nodiscard]] Words client(const std::string& runtime, const Words& words) const;
  [[nodiscard]] Words run_words(const std::string& runtime, const Words& options, const Words& command) const;

 private:
  const Scratch& scratch_;
  std::string image_;
  std::string cgroup_;
  int holder_ = 0;  ///< a process that keeps the namespace alive
  std::unique_ptr<Background> process_;
};

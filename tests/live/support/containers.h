// SPDX-License-Identifier: Apache-2.0
// Runs containers of the test images.
#pragma once

#include <string>

#include "support/recorded.h"

/// The flags from a bundle's docker.flags, one word each.
Words bundle_flags(const Scratch& scratch, const std::string& bundle = "profilegen-out");

/// The words of `docker run OPTIONS [FLAGS] IMAGE COMMAND`.
Words docker_run(const Words& options, const std::string& image, const Words& command);

/// Concatenates lists of words.
Words operator+(Words a, const Words& b);

/// A container that is removed at the end of the test, even if it is running.
class Container {
 public:
  /// Runs `docker run -d --name NAME` with a unique name.
  Container(const Scratch& scratch, const Words& options, const std::string& image, const Words& command);
  /// Only makes up a name, for a container that something else starts.
  Container(const Scratch& scratch, const std::string& base);
  Container(const Container&) = delete;
  Container& operator=(const Container&) = delete;
  ~Container();

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] Outcome exec(const Words& command) const;
  [[nodiscard]] std::string inspect(const std::string& format) const;
  /// The address in Docker's own network; empty if the container does not run.
  [[nodiscard]] std::string address() const;
  [[nodiscard]] bool has_ended() const;
  /// Waits until the container runs and has printed this text.
  [[nodiscard]] bool printed(const std::string& text) const;
  /// Sends SIGTERM, then SIGKILL if that has no effect. Returns the exit status.
  int stop() const;

 private:
  [[nodiscard]] Outcome look(const std::string& format) const;
  const Scratch& scratch_;
  std::string name_;
};

/// A shell command that prints "ready" and runs until it is stopped, with exit status 0.
std::string until_stopped(const std::string& before = "true");

/// A name that no other test uses.
std::string unique_name(const std::string& base);

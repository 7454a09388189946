// SPDX-License-Identifier: Apache-2.0
// Containers of the test images.
#pragma once

#include <string>

#include "support/recorded.h"

/// docker's flags from the bundle in a directory, one word each.
Words bundle_flags(const Scratch& scratch, const std::string& bundle = "profilegen-out");

/// `docker run OPTIONS [FLAGS] IMAGE COMMAND`.
Words docker_run(const Words& options, const std::string& image, const Words& command);

/// Joins lists of words.
Words operator+(Words a, const Words& b);

/// A container that is removed, running or not, at the end of the test.
class Container {
 public:
  /// `docker run -d --name NAME` with a name of its own.
  Container(const Scratch& scratch, const Words& options, const std::string& image, const Words& command);
  /// Only the name, for a container that something else starts.
  Container(const Scratch& scratch, const std::string& base);
  Container(const Container&) = delete;
  Container& operator=(const Container&) = delete;
  ~Container();

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] Outcome exec(const Words& command) const;
  [[nodiscard]] std::string inspect(const std::string& format) const;
  /// In Docker's own network; empty while it does not run.
  [[nodiscard]] std::string address() const;
  [[nodiscard]] bool has_ended() const;
  /// Asks until it runs and has printed this.
  [[nodiscard]] bool printed(const std::string& text) const;
  /// SIGTERM, and SIGKILL when that has no effect. Its exit status.
  int stop() const;

 private:
  [[nodiscard]] Outcome look(const std::string& format) const;
  const Scratch& scratch_;
  std::string name_;
};

/// A shell's command for a container that prints "ready" and runs until it is stopped, with status 0.
std::string until_stopped(const std::string& before = "true");

/// A name that no other test uses.
std::string unique_name(const std::string& base);

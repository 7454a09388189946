// SPDX-License-Identifier: Apache-2.0
// Programs that run during a test, with or without a terminal of their own.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

#include "support/recorded.h"

/// Repeats the check for up to half a minute. False if the condition never became true.
bool wait_until(const std::function<bool()>& condition);

/// A program that runs in the scratch directory and leads a process group, which is killed at the end.
class Background {
 public:
  /// Both output streams go to the file `output` in the scratch directory.
  Background(const Scratch& scratch, const Words& command, const std::string& output = "background.out");
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;
  ~Background();

  [[nodiscard]] pid_t pid() const { return pid_; }
  /// Sends a signal to this process, not to its children.
  void send(int signal) const;
  [[nodiscard]] bool runs();
  /// Waits for the end. Returns the exit status, or 128 + n for signal n.
  int wait();

 private:
  pid_t pid_;
  int status_ = -1;
};

/// A program that leads the session of a terminal of its own, in the foreground.
class Terminal {
 public:
  Terminal(const Scratch& scratch, const Words& command);
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  ~Terminal();

  void type(const std::string& keys) const;
  /// Waits until the text was shown.
  [[nodiscard]] bool shows(const std::string& text);
  /// Waits for the program's end. Returns the exit status, or 128 + n for signal n.
  int wait();
  [[nodiscard]] const std::string& screen() const { return screen_; }

 private:
  bool read_more();
  pid_t pid_ = -1;
  int terminal_ = -1;
  std::string screen_;
};

// SPDX-License-Identifier: Apache-2.0
// Programs that run beside a test, with or without a terminal of their own.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

#include "support/recorded.h"

/// Asks again and again for up to half a minute. False when it never became true.
bool wait_until(const std::function<bool()>& condition);

/// Started in the scratch directory as the leader of a process group, which is gone at the end.
class Background {
 public:
  /// What it prints, on both streams, goes to the file `output` of the scratch directory.
  Background(const Scratch& scratch, const Words& command, const std::string& output = "background.out");
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;
  ~Background();

  [[nodiscard]] pid_t pid() const { return pid_; }
  /// To this process alone, not to what it started.
  void send(int signal) const;
  [[nodiscard]] bool runs();
  /// Its exit status; 128 + n for signal n.
  int wait();

 private:
  pid_t pid_;
  int status_ = -1;
};

/// A program on a terminal of its own, as its leader and in the foreground.
class Terminal {
 public:
  Terminal(const Scratch& scratch, const Words& command);
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  ~Terminal();

  void type(const std::string& keys) const;
  /// Until this was shown.
  [[nodiscard]] bool shows(const std::string& text);
  /// Until the program has ended. Its exit status; 128 + n for signal n.
  int wait();
  [[nodiscard]] const std::string& screen() const { return screen_; }

 private:
  bool read_more();
  pid_t pid_ = -1;
  int terminal_ = -1;
  std::string screen_;
};

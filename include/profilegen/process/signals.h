// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <csignal>
#include <optional>

#include "profilegen/unique_fd.h"

namespace profilegen {

/// Blocks the signals that end a recording and delivers them through a descriptor. The destructor restores the signal
/// mask.
class Signals {
 public:
  struct Arrived {
    int number;
    bool from_terminal;  ///< Ctrl-C: COMMAND is in the same process group and got it too
  };

  Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;
  ~Signals();

  [[nodiscard]] int fd() const { return fd_.get(); }
  [[nodiscard]] const sigset_t& old_mask() const { return old_mask_; }
  std::optional<Arrived> next();

 private:
  sigset_t old_mask_{};
  UniqueFd fd_;
};

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <csignal>
#include <optional>

#include "profilegen/unique_fd.h"

namespace profilegen {

/// Takes the signals that end a recording as events, and gives the old mask back at its end.
class Signals {
 public:
  struct Arrived {
    int number;
    bool from_terminal;  ///< Ctrl-C: COMMAND, in the same process group, got it too
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

// SPDX-License-Identifier: Apache-2.0
// A block of lines below what COMMAND prints on the same terminal.
//
// What COMMAND and we print goes through a pseudo-terminal to a process that alone writes to the real one: only it can
// know whether the cursor stands at the begin of a line. It shows the block there and nowhere else, takes it away
// before anything else is printed, and gives the terminal to a program that moves the cursor by itself. Input is not
// concerned: COMMAND has the real terminal for that, with its job control, signals and echo.
#pragma once

#include <sys/types.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "profilegen/unique_fd.h"

namespace profilegen::cli {

class Screen {
 public:
  /// From now on standard error, and standard output where it is the same terminal, go through it. nullptr where there
  /// is no terminal to show anything on: standard error is none, or a dumb one, or we are in its background.
  static std::unique_ptr<Screen> open();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;
  /// All that was printed is on the terminal, the block is gone, and the descriptors are the real terminal again. What
  /// still runs in the background and holds the pseudo-terminal goes on printing through it.
  ~Screen();

  /// In place of the last ones; none take the block away.
  void show(const std::vector<std::string>& lines) const;

 private:
  Screen(UniqueFd orders, std::array<UniqueFd, 2> originals)
      : orders_(std::move(orders)), originals_(std::move(originals)) {}

  UniqueFd orders_;                    ///< a socket to the process that writes
  std::array<UniqueFd, 2> originals_;  ///< standard output, if it was taken, and standard error
};

}  // namespace profilegen::cli

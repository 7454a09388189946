// SPDX-License-Identifier: Apache-2.0
// Shows a block of lines below what COMMAND prints on the same terminal.
//
// COMMAND and we print to a pseudo-terminal. Its other end is read by a process (live/writer.h) which alone writes to
// the real terminal, and so knows whether the cursor is at the beginning of a line. It shows the block only there,
// removes it before it prints anything else, and shows it no more when a program moves the cursor itself. Input is not
// affected: COMMAND reads from the real terminal, with its job control, signals and echo.
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
  /// Redirects standard error, and standard output if it is the same terminal, to the pseudo-terminal. Returns nullptr
  /// when nothing can be shown: standard error is not a terminal, or a dumb one, or we are in its background.
  static std::unique_ptr<Screen> open();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;
  /// Waits until all that was printed is on the terminal, removes the block, and restores the descriptors. Background
  /// processes that still hold the pseudo-terminal go on printing through it.
  ~Screen();

  /// Replaces the block; no lines remove it.
  void show(const std::vector<std::string>& lines) const;

 private:
  Screen(UniqueFd orders, std::array<UniqueFd, 2> originals)
      : orders_(std::move(orders)), originals_(std::move(originals)) {}

  UniqueFd orders_;                    ///< a socket to the writer
  std::array<UniqueFd, 2> originals_;  ///< the real standard output, if it was redirected, and standard error
};

}  // namespace profilegen::cli

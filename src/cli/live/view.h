// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>

#include "common/console.h"
#include "live/screen.h"
#include "profilegen/recorder.h"

namespace profilegen::cli {

/// Shows the progress of a recording: a block on a terminal, a line now and then elsewhere, nothing with --quiet.
class LiveView {
 public:
  explicit LiveView(const Console& console);
  /// Makes the recorder tell this object its progress, as often as it can be shown.
  void follow(RecordOptions& request);
  /// Removes the block when the recording has ended and COMMAND goes on.
  void clear() {
    if (screen_) screen_->show({});
  }
  /// Ends the display. Must be called before anything is printed that has to stay.
  void end() { screen_.reset(); }

 private:
  void show(const RecordProgress& progress);

  const Console& console_;
  bool colour_;
  std::unique_ptr<Screen> screen_;
  std::chrono::nanoseconds next_line_;
};

}  // namespace profilegen::cli

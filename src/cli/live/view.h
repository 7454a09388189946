// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>

#include "common/console.h"
#include "live/screen.h"
#include "profilegen/recorder.h"

namespace profilegen::cli {

/// Shows how a recording stands: a block on a terminal, elsewhere a line now and then, nothing with --quiet.
class LiveView {
 public:
  explicit LiveView(const Console& console);
  /// Has itself told how the recording stands, as often as it can show that.
  void follow(RecordOptions& request);
  /// Nothing is recorded any more, but COMMAND goes on.
  void clear() {
    if (screen_) screen_->show({});
  }
  /// Before anything else is said that shall stay.
  void end() { screen_.reset(); }

 private:
  void show(const RecordProgress& progress);

  const Console& console_;
  bool colour_;
  std::unique_ptr<Screen> screen_;
  std::chrono::nanoseconds next_line_;
};

}  // namespace profilegen::cli

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <string>

#include "common/console.h"
#include "profilegen/recorder.h"

namespace profilegen::cli {

/// Tells when a container has done nothing new for some time: what was denied last, and where it waits. It may hang
/// because of a denial, or be a service that waits for work.
class StallWatch {
 public:
  /// `last_denied` returns what was denied last, or "".
  StallWatch(std::chrono::nanoseconds after, std::function<std::string()> last_denied, const Console& console);
  /// Makes the recorder call this object from time to time. It must outlive the recording.
  void follow(RecordOptions& request);
  /// What was told last; "" if the container was never quiet for so long.
  [[nodiscard]] const std::string& told() const { return told_; }

 private:
  void look(const RecordProgress& progress);

  std::chrono::nanoseconds after_;
  std::function<std::string()> last_denied_;
  const Console& console_;
  std::string told_;
  bool quiet_ = false;  // it was told, and nothing new has come since
  // How many different things it has done, and when there was another one last. Events alone do not tell: a program
  // that tries again and again what is denied makes events, too.
  std::array<size_t, 4> done_{};
  std::chrono::nanoseconds last_new_{};
};

}  // namespace profilegen::cli

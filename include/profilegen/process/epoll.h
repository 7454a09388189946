// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <vector>

#include "profilegen/result.h"
#include "profilegen/unique_fd.h"

namespace profilegen {

/// Waits until one of several descriptors is readable.
class Epoll {
 public:
  static Result<Epoll> create();

  [[nodiscard]] Status add(int fd) const;
  void remove(int fd) const;
  /// Those that are readable; none when the time is over.
  [[nodiscard]] std::vector<int> wait(std::chrono::milliseconds time) const;

 private:
  explicit Epoll(UniqueFd fd) : fd_(std::move(fd)) {}
  UniqueFd fd_;
};

/// A descriptor that becomes readable when `first` has passed, and again after each `period` if that is not 0. Reading
/// it does not block.
Result<UniqueFd> start_timer(std::chrono::nanoseconds first, std::chrono::nanoseconds period);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// Look-ups that may never come back, such as on a FUSE mount whose server does not answer, or a network file system.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>

namespace profilegen {

/// Does a container's look-ups in a thread of their own, and gives up on them all once one has taken too long. The
/// thread can't be ended while the kernel waits for an answer: it is left behind, and goes with the process.
class LookupThread {
 public:
  /// Longer than a busy disk takes, and short enough that several containers that do this still let the recording end
  /// in five seconds.
  static constexpr std::chrono::milliseconds kPatience{500};

  LookupThread();
  ~LookupThread();
  LookupThread(const LookupThread&) = delete;
  LookupThread& operator=(const LookupThread&) = delete;

  /// What `look` returns; empty if it took too long, or if an earlier one did. `look` may still be at work afterwards,
  /// so it must own everything that it uses.
  template <typename Look>
  auto ask(Look look) -> std::optional<std::invoke_result_t<Look>> {
    using Answer = std::invoke_result_t<Look>;
    auto answer = std::make_shared<std::optional<Answer>>();
    if (!done([answer, look = std::make_shared<Look>(std::move(look))] { *answer = (*look)(); })) return std::nullopt;
    return std::move(*answer);
  }

  /// Whether a look-up took too long.
  [[nodiscard]] bool has_given_up() const { return given_up_; }

 private:
  struct Work;

  bool done(std::function<void()> work);

  std::shared_ptr<Work> work_;  // shared with the thread, which may live longer
  bool given_up_ = false;
};

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "paths/lookup_thread.h"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

namespace profilegen {

struct LookupThread::Work {
  std::mutex mutex;
  std::condition_variable changed;
  std::function<void()> next;  // empty: nothing is to be done
  bool finished = false;       // what was to be done last
  bool stop = false;
  bool started = false;

  void work_on() {
    std::unique_lock lock(mutex);
    while (true) {
      changed.wait(lock, [this] { return next || stop; });
      if (stop) return;
      const std::function<void()> now = std::exchange(next, nullptr);
      lock.unlock();
      now();
      lock.lock();
      finished = true;
      changed.notify_all();
    }
  }
};

LookupThread::LookupThread() : work_(std::make_shared<Work>()) {}

LookupThread::~LookupThread() {
  const std::lock_guard lock(work_->mutex);
  work_->stop = true;
  work_->changed.notify_all();
}

// Most containers need no such thread, so it is started by the first look-up.
bool LookupThread::done(std::function<void()> work) {
  if (given_up_) return false;
  std::unique_lock lock(work_->mutex);
  if (!std::exchange(work_->started, true)) std::thread([work = work_] { work->work_on(); }).detach();
  work_->next = std::move(work);
  work_->finished = false;
  work_->changed.notify_all();
  given_up_ = !work_->changed.wait_for(lock, kPatience, [this] { return work_->finished; });
  return !given_up_;
}

}  // namespace profilegen

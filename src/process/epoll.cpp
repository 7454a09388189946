// SPDX-License-Identifier: Apache-2.0
#include "profilegen/process/epoll.h"

#include <sys/epoll.h>
#include <sys/timerfd.h>

#include <array>
#include <cerrno>

namespace profilegen {
namespace {

timespec time_of(std::chrono::nanoseconds time) {
  constexpr int64_t kSecond = 1'000'000'000;
  return {time.count() / kSecond, time.count() % kSecond};
}

}  // namespace

Result<Epoll> Epoll::create() {
  UniqueFd fd(epoll_create1(EPOLL_CLOEXEC));
  if (!fd) return Error{"epoll", "can't be set up", "", errno};
  return Epoll(std::move(fd));
}

Status Epoll::add(int fd) const {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = fd;
  if (epoll_ctl(fd_.get(), EPOLL_CTL_ADD, fd, &event) != 0) return Error{"epoll", "can't add a descriptor", "", errno};
  return Done{};
}

void Epoll::remove(int fd) const { epoll_ctl(fd_.get(), EPOLL_CTL_DEL, fd, nullptr); }

std::vector<int> Epoll::wait(std::chrono::milliseconds time) const {
  std::array<epoll_event, 16> ready{};
  const int count = epoll_wait(fd_.get(), ready.data(), ready.size(), static_cast<int>(time.count()));
  std::vector<int> readable;
  for (int i = 0; i < count; ++i) readable.push_back(ready.at(static_cast<size_t>(i)).data.fd);
  return readable;
}

Result<UniqueFd> start_timer(std::chrono::nanoseconds first, std::chrono::nanoseconds period) {
  UniqueFd timer(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK));
  const itimerspec times{time_of(period), time_of(first)};
  if (!timer || timerfd_settime(timer.get(), 0, &times, nullptr) != 0)
    return Error{"a timer", "can't be set up", "", errno};
  return timer;
}

}  // namespace profilegen

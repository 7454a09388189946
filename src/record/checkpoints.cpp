// SPDX-License-Identifier: Apache-2.0
#include "checkpoints.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "profilegen/process/epoll.h"

namespace profilegen {
namespace {

constexpr int kNice = 10;  // saving must not take CPU time from the recorded programs

void run_copy(pid_t parent, const std::function<void()>& save) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(0);  // the parent was killed before prctl() took effect
  setpriority(PRIO_PROCESS, 0, kNice);
  save();
  _exit(0);
}

}  // namespace

Status Checkpoints::start(std::chrono::nanoseconds period) {
  auto timer = start_timer(period, period);
  if (!timer) return timer.error();
  timer_ = std::move(*timer);
  return Done{};
}

bool Checkpoints::is_working() {
  if (copy_ != 0 && waitpid(copy_, nullptr, WNOHANG) == copy_) copy_ = 0;
  return copy_ != 0;
}

void Checkpoints::take(uint64_t progress, const std::function<void()>& save) {
  uint64_t times = 0;
  if (read(timer_.get(), &times, sizeof times) != sizeof times || is_working() || progress == progress_) return;
  const pid_t self = getpid();
  const pid_t pid = fork();
  if (pid == 0) run_copy(self, save);
  if (pid < 0) return;  // no process could be made; the next checkpoint may succeed
  copy_ = pid;
  progress_ = progress;
}

void Checkpoints::stop() {
  if (copy_ == 0) return;
  kill(copy_, SIGKILL);
  waitpid(copy_, nullptr, 0);
  copy_ = 0;
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "profilegen/process/helper_process.h"
#include "profilegen/process/own_rights.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

namespace profilegen {
namespace {

// What an engine says of a thousand containers is a tenth of this.
constexpr size_t kMostOutput = size_t{64} << 20U;

// Helpers start with no signal blocked, since the recorder blocks SIGINT and SIGTERM. They get a process group of their
// own, so that Ctrl-C in the terminal does not reach them.
void set_attributes(posix_spawnattr_t& attributes) {
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
}

}  // namespace

HelperProcess::HelperProcess(std::string name, pid_t pid, UniqueFd output)
    : name_(std::move(name)),
      pid_(pid),
      output_(std::move(output)),
      ended_(static_cast<int>(syscall(SYS_pidfd_open, pid, 0))),
      owner_(getpid()) {}

HelperProcess::HelperProcess(HelperProcess&& other) noexcept
    : name_(std::move(other.name_)),
      pid_(std::exchange(other.pid_, -1)),
      output_(std::move(other.output_)),
      ended_(std::move(other.ended_)),
      started_(other.started_),
      owner_(other.owner_),
      too_large_(other.too_large_),
      text_(std::move(other.text_)) {}

HelperProcess::~HelperProcess() {
  if (pid_ <= 0 || owner_ != getpid()) return;
  kill_all();
  reap();
}

/// Its process group: what it started has its output, too, and keeps it open. Before reap(): until then the group's
/// number is nobody else's.
void HelperProcess::kill_all() const { kill(-pid_, SIGKILL); }

int HelperProcess::reap() {
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return status;
}

/// False after the deadline.
bool HelperProcess::wait_for(int fd, Clock::time_point deadline) const {
  pollfd waited{fd, POLLIN, 0};
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    const int ready = poll(&waited, 1, static_cast<int>(std::max<int64_t>(left, 0)));
    if (ready > 0) return true;
    if (left <= 0 || (ready < 0 && errno != EINTR)) return false;
  }
}

Result<HelperProcess> HelperProcess::start(const std::vector<std::string>& words, Stream stream) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return Error{words.front(), "can't be started", "", errno};
  UniqueFd read_end(ends[0]);
  const UniqueFd write_end(ends[1]);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  const bool messages = stream == Stream::messages;
  posix_spawn_file_actions_adddup2(&actions, write_end.get(), messages ? 2 : 1);
  posix_spawn_file_actions_addopen(&actions, messages ? 1 : 2, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_t attributes;
  set_attributes(attributes);
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);

  pid_t pid = 0;
  const LoweredRights users;  // also while the program is searched for
  const int result = posix_spawnp(&pid, words.front().c_str(), &actions, &attributes, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (result != 0) return Error{words.front(), "can't be run", "", result};
  fcntl(read_end.get(), F_SETFL, O_NONBLOCK);
  return HelperProcess(words.front(), pid, std::move(read_end));
}

bool HelperProcess::read_some() {
  std::array<char, 65536> buffer{};
  for (;;) {
    const ssize_t length = read(output_.get(), buffer.data(), buffer.size());
    if (length > 0) {
      text_.append(buffer.data(), static_cast<size_t>(length));
      too_large_ = text_.size() > kMostOutput;
      if (too_large_) return false;
    } else if (length == 0)
      return false;
    else if (errno != EINTR)
      return errno == EAGAIN;
  }
}

Result<std::string> HelperProcess::finish(std::chrono::milliseconds patience) {
  const auto deadline = started_ + patience;
  bool in_time = !too_large_;
  while (in_time && read_some()) in_time = wait_for(output_.get(), deadline);
  // It may have closed its output and go on.
  if (!in_time || too_large_ || !wait_for(ended_.get(), deadline)) kill_all();
  const int status = reap();
  if (too_large_) return Error{name_, "answered with more than 64 MiB"};
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return Error{name_, "failed"};
  return text_;
}

Result<std::string> run_helper(const std::vector<std::string>& words) {
  auto helper = HelperProcess::start(words);
  if (!helper) return helper.error();
  return helper->finish();
}

Result<std::string> run_helper_and_explain(const std::vector<std::string>& words) {
  auto answer = run_helper(words);
  if (answer) return answer;
  auto again = HelperProcess::start(words, HelperProcess::Stream::messages);
  if (!again) return again.error();
  if (again->finish()) return answer.error();  // it works now; the caller may try again
  const std::string& said = again->text();
  const size_t end = said.find_last_not_of('\n');
  if (end == std::string::npos) return answer.error();
  const size_t line = said.rfind('\n', end);  // the last line tells why the program gave up
  return Error{words.front(), said.substr(line + 1, end - line)};
}

}  // namespace profilegen

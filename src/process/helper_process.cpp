// SPDX-License-Identifier: Apache-2.0
#include "profilegen/process/helper_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

namespace profilegen {
namespace {

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
    : name_(std::move(name)), pid_(pid), output_(std::move(output)) {}

HelperProcess::HelperProcess(HelperProcess&& other) noexcept
    : name_(std::move(other.name_)),
      pid_(std::exchange(other.pid_, -1)),
      output_(std::move(other.output_)),
      text_(std::move(other.text_)) {}

HelperProcess::~HelperProcess() {
  if (pid_ > 0) waitpid(pid_, nullptr, 0);
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
    if (length > 0)
      text_.append(buffer.data(), static_cast<size_t>(length));
    else if (length == 0)
      return false;
    else if (errno != EINTR)
      return errno == EAGAIN;
  }
}

Result<std::string> HelperProcess::finish(std::chrono::milliseconds patience) {
  pollfd output{output_.get(), POLLIN, 0};
  while (read_some()) {
    if (poll(&output, 1, static_cast<int>(patience.count())) != 0) continue;
    kill(-pid_, SIGKILL);  // its process group: what it started has its output, too, and keeps it open
    break;
  }
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
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

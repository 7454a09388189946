// SPDX-License-Identifier: Apache-2.0
#include "profilegen/process/command.h"
#include "profilegen/process/own_rights.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <utility>

namespace profilegen {
namespace {

constexpr int kUnknownStatus = 125;  // not COMMAND's status, so never 0

struct Pipe {
  UniqueFd read_end;
  UniqueFd write_end;
};

// Writing to a pipe that nobody reads any more sends SIGPIPE; a socket can be told not to (MSG_NOSIGNAL).
std::optional<Pipe> make_socket_pair() {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return std::nullopt;
  return Pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

std::optional<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  return Pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

// Runs in the child. If candidates fail differently, EACCES outranks ENOENT, as in execvp(3).
int execute(const std::vector<std::string>& candidates, char* const* arguments) {
  int result = ENOENT;
  for (const std::string& candidate : candidates) {
    execve(candidate.c_str(), arguments, environ);
    if (errno == EACCES || (errno != ENOENT && errno != ENOTDIR)) result = errno;
    if (errno != ENOENT && errno != ENOTDIR && errno != EACCES) break;
  }
  return result;
}

std::vector<char*> pointers(const std::vector<std::string>& words) {
  std::vector<char*> result;
  result.reserve(words.size() + 1);
  for (const std::string& word : words) result.push_back(const_cast<char*>(word.c_str()));
  result.push_back(nullptr);
  return result;
}

}  // namespace

std::vector<std::string> program_candidates(const std::string& program, const char* path_variable) {
  if (program.empty() || program.find('/') != std::string::npos) return {program};
  const std::string path = path_variable ? path_variable : "/bin:/usr/bin";
  std::vector<std::string> candidates;
  for (size_t begin = 0; begin <= path.size();) {
    const size_t end = std::min(path.find(':', begin), path.size());
    const std::string directory = path.substr(begin, end - begin);
    candidates.push_back(directory.empty() ? program : directory + "/" + program);
    begin = end + 1;
  }
  return candidates;
}

bool is_installed(const std::string& program) {
  const auto places = program_candidates(program, std::getenv("PATH"));
  return std::ranges::any_of(places, [](const std::string& place) { return access(place.c_str(), X_OK) == 0; });
}

Command::Command(pid_t pid, UniqueFd pidfd, UniqueFd go, UniqueFd failed)
    : pid_(pid), pidfd_(std::move(pidfd)), go_(std::move(go)), failed_(std::move(failed)) {}

Result<Command> Command::start(const std::vector<std::string>& words, const sigset_t& mask, int messages) {
  auto go = make_socket_pair();
  auto failed = make_pipe();
  if (!go || !failed) return Error{words.front(), "can't be started", "", errno};
  const auto candidates = program_candidates(words.front(), std::getenv("PATH"));
  const auto arguments = pointers(words);

  const pid_t pid = fork();
  if (pid < 0) return Error{words.front(), "can't be started", "", errno};
  if (pid == 0) {
    lower_rights();
    go->write_end.reset();
    char nothing = 0;
    if (read(go->read_end.get(), &nothing, 1) != 1) _exit(127);  // the recorder gave up before release()
    sigprocmask(SIG_SETMASK, &mask, nullptr);
    if (messages >= 0 && dup2(messages, STDERR_FILENO) < 0) _exit(127);
    const int reason = execute(candidates, arguments.data());
    if (write(failed->write_end.get(), &reason, sizeof reason) != sizeof reason) _exit(126);
    _exit(127);
  }
  UniqueFd pidfd(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
  if (!pidfd) return Error{words.front(), "can't be watched", "", errno};
  return Command(pid, std::move(pidfd), std::move(go->write_end), std::move(failed->read_end));
}

int Command::release() {
  const char go = 1;
  if (send(go_.get(), &go, 1, MSG_NOSIGNAL) != 1) return errno == EPIPE ? ESRCH : errno;
  go_.reset();
  int reason = 0;
  ssize_t length = 0;
  do length = read(failed_.get(), &reason, sizeof reason);
  while (length < 0 && errno == EINTR);
  return length == sizeof reason ? reason : 0;
}

// A signal from the terminal went to the whole process group, so COMMAND has it already.
void Command::pass_on(const Signals::Arrived& signal) const {
  if (!signal.from_terminal) kill(pid_, signal.number);
}

int Command::wait(Signals& signals) {
  std::array<pollfd, 2> events{{{pidfd_.get(), POLLIN, 0}, {signals.fd(), POLLIN, 0}}};
  while ((events[0].revents & POLLIN) == 0) {
    if (poll(events.data(), events.size(), -1) < 0 && errno != EINTR) break;
    while (const auto signal = signals.next()) pass_on(*signal);
  }
  return wait();
}

int Command::wait() {
  int status = 0;
  pid_t ended = 0;
  do ended = waitpid(pid_, &status, 0);
  while (ended < 0 && errno == EINTR);
  if (ended < 0) return kUnknownStatus;
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "support/background.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <thread>

namespace {

// A guest that has to share a processor is slow.
constexpr int kPatienceMs = 120'000;

// Runs in the child, where only async-signal-safe functions are allowed after fork().
[[noreturn]] void execute(const std::string& directory, std::vector<std::string>& words,
                          std::vector<std::string>& variables) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::vector<char*> settings;
  for (std::string& variable : variables) settings.push_back(variable.data());
  settings.push_back(nullptr);
  if (chdir(directory.c_str()) == 0) execvpe(arguments[0], arguments.data(), settings.data());
  _exit(127);
}

Words whole_environment() {
  Words all = environment();
  const char* path = std::getenv("PATH");
  all.push_back(std::string("PATH=") + (path ? path : "/usr/sbin:/usr/bin:/sbin:/bin"));
  return all;
}

int status_of(int wait_status) {
  return WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
}

void end(pid_t group) {
  kill(-group, SIGKILL);
  while (waitpid(group, nullptr, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace

bool wait_until(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(kPatienceMs);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

Background::Background(const Scratch& scratch, const Words& command, const std::string& output) {
  Words words = command;
  Words variables = whole_environment();
  const int file = open((scratch.path() + "/" + output).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  pid_ = fork();
  if (file < 0 || pid_ < 0) throw std::runtime_error("can't be started: " + command.front());
  if (pid_ == 0) {
    setpgid(0, 0);
    dup2(file, STDOUT_FILENO);
    dup2(file, STDERR_FILENO);
    execute(scratch.path(), words, variables);
  }
  setpgid(pid_, pid_);
  close(file);
}

Background::~Background() {
  if (pid_ > 0) end(pid_);
}

void Background::send(int signal) const { kill(pid_, signal); }

bool Background::runs() {
  int status = 0;
  if (pid_ > 0 && waitpid(pid_, &status, WNOHANG) == pid_) {
    kill(-pid_, SIGKILL);  // the other processes of its group
    status_ = status_of(status);
    pid_ = -1;
  }
  return pid_ > 0;
}

int Background::wait() {
  if (!wait_until([this] { return !runs(); })) FAIL("it did not end");
  return status_;
}

Terminal::Terminal(const Scratch& scratch, const Words& command) {
  Words words = command;
  Words variables = whole_environment();
  pid_ = forkpty(&terminal_, nullptr, nullptr, nullptr);
  if (pid_ < 0) throw std::runtime_error("no terminal can be had");
  if (pid_ == 0) execute(scratch.path(), words, variables);
  fcntl(terminal_, F_SETFD, FD_CLOEXEC);
}

Terminal::~Terminal() {
  if (pid_ > 0) end(pid_);
  close(terminal_);
}

void Terminal::type(const std::string& keys) const {
  REQUIRE(write(terminal_, keys.data(), keys.size()) == static_cast<ssize_t>(keys.size()));
}

// False at the end, which is EIO if no process has the terminal open any more.
bool Terminal::read_more() {
  pollfd ready{terminal_, POLLIN, 0};
  if (poll(&ready, 1, kPatienceMs) <= 0) return false;
  std::array<char, 4096> buffer{};
  const ssize_t length = read(terminal_, buffer.data(), buffer.size());
  if (length > 0) screen_.append(buffer.data(), static_cast<size_t>(length));
  return length > 0;
}

bool Terminal::shows(const std::string& text) {
  while (screen_.find(text) == std::string::npos)
    if (!read_more()) return false;
  return true;
}

int Terminal::wait() {
  while (read_more()) {
  }
  int status = 0;
  if (!wait_until([&] { return waitpid(pid_, &status, WNOHANG) == pid_; })) FAIL("it did not end");
  pid_ = -1;
  return status_of(status);
}

// SPDX-License-Identifier: Apache-2.0
#include "runner/program.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

namespace {

int checked(int result, const char* what) {
  if (result < 0) throw std::runtime_error(std::string(what) + ": " + std::strerror(errno));
  return result;
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { reset(); }
  [[nodiscard]] int get() const { return number_; }
  void reset() {
    if (number_ >= 0) close(number_);
    number_ = -1;
  }

 private:
  int number_;
};

/// A file in memory instead of a pipe, so that a program with much output does not have to wait until the test reads
/// it.
int memory_file() { return checked(memfd_create("program", MFD_CLOEXEC), "memfd_create"); }

int file_with(const std::string& text) {
  const int file = memory_file();
  checked(static_cast<int>(pwrite(file, text.data(), text.size(), 0)), "pwrite");
  return file;
}

/// Reads to the end. On a terminal that no other process has open, the end is EIO.
std::string read_rest(int descriptor) {
  std::string text;
  std::array<char, 4096> buffer{};
  ssize_t count = 0;
  while ((count = read(descriptor, buffer.data(), buffer.size())) > 0) {
    text.append(buffer.data(), static_cast<size_t>(count));
  }
  return text;
}

std::string read_whole(int file) {
  checked(static_cast<int>(lseek(file, 0, SEEK_SET)), "lseek");
  return read_rest(file);
}

int pipe_without_reader() {
  std::array<int, 2> ends{};
  checked(pipe2(ends.data(), O_CLOEXEC), "pipe2");
  close(ends[0]);
  return ends[1];
}

int terminal_end(int terminal) {
  checked(grantpt(terminal), "grantpt");
  checked(unlockpt(terminal), "unlockpt");
  return checked(open(ptsname(terminal), O_RDWR | O_NOCTTY | O_CLOEXEC), "open pts");
}

int output_end(Stdout output, int terminal) {
  switch (output) {
    case Stdout::captured:
      return memory_file();
    case Stdout::terminal:
      return terminal_end(terminal);
    case Stdout::full_disk:
      return checked(open("/dev/full", O_WRONLY | O_CLOEXEC), "/dev/full");
    case Stdout::broken_pipe:
      return pipe_without_reader();
    case Stdout::closed:
      break;
  }
  return -1;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> list;
  for (auto& text : texts) list.push_back(text.data());
  list.push_back(nullptr);
  return list;
}

/// Sets up descriptors and directory of the child, and the default action of SIGPIPE, which kills it.
class Setup {
 public:
  Setup(const Program& program, int in, int out, int err) {
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addchdir_np(&actions, program.directory.c_str());
    posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    if (out >= 0) {
      posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    } else {
      posix_spawn_file_actions_addclose(&actions, STDOUT_FILENO);
    }
    posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
    posix_spawnattr_init(&attributes);
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  }
  Setup(const Setup&) = delete;
  Setup& operator=(const Setup&) = delete;
  ~Setup() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};
};

pid_t start(const Program& program, const Setup& setup) {
  std::vector<std::string> command = program.command;
  std::vector<std::string> environment = program.environment;
  const char* path = std::getenv("PATH");
  environment.push_back(std::string("PATH=") + (path != nullptr ? path : "/usr/sbin:/usr/bin:/sbin:/bin"));
  pid_t pid = -1;
  errno = posix_spawnp(&pid, command.at(0).c_str(), &setup.actions, &setup.attributes, pointers(command).data(),
                       pointers(environment).data());
  checked(errno == 0 ? 0 : -1, command[0].c_str());
  return pid;
}

int wait_for(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR) checked(-1, "waitpid");
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

Outcome run_program(const Program& program) {
  const bool on_terminal = program.output == Stdout::terminal;
  const Descriptor terminal(on_terminal ? checked(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC), "posix_openpt") : -1);
  const Descriptor in(file_with(program.input));
  const Descriptor err(memory_file());
  Descriptor out(output_end(program.output, terminal.get()));
  Outcome outcome;
  outcome.status = wait_for(start(program, Setup(program, in.get(), out.get(), err.get())));
  outcome.err = read_whole(err.get());
  if (program.output == Stdout::captured) outcome.out = read_whole(out.get());
  if (on_terminal) {
    out.reset();
    outcome.out = read_rest(terminal.get());
  }
  return outcome;
}

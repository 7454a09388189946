// SPDX-License-Identifier: Apache-2.0
#include "live/screen.h"

#include <fcntl.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "live/writer.h"

namespace profilegen::cli {

namespace {

bool is_same_terminal(int one, int other) {
  struct stat a {};
  struct stat b {};
  return isatty(one) == 1 && fstat(one, &a) == 0 && fstat(other, &b) == 0 && a.st_rdev == b.st_rdev;
}

bool can_show() {
  const char* kind = std::getenv("TERM");
  if (isatty(STDERR_FILENO) != 1 || kind == nullptr || *kind == '\0' || std::strcmp(kind, "dumb") == 0) return false;
  return tcgetpgrp(STDERR_FILENO) == getpgrp();
}

struct PseudoTerminal {
  UniqueFd master;
  UniqueFd slave;
};

/// Opens a pair with the settings and the size of the real terminal.
bool open_pseudo_terminal(PseudoTerminal& pair) {
  termios settings{};
  winsize size{};
  int master = -1;
  int slave = -1;
  if (tcgetattr(STDERR_FILENO, &settings) != 0 || ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0) return false;
  if (openpty(&master, &slave, nullptr, &settings, &size) != 0) return false;
  pair.master.reset(master);
  pair.slave.reset(slave);
  for (const int fd : {master, slave}) fcntl(fd, F_SETFD, FD_CLOEXEC);
  return true;
}

UniqueFd replace(int standard, int with) {
  UniqueFd original(fcntl(standard, F_DUPFD_CLOEXEC, 3));
  dup2(with, standard);
  return original;
}

}  // namespace

std::unique_ptr<Screen> Screen::open() {
  PseudoTerminal pair;
  std::array<int, 2> sockets{};
  if (!can_show() || !open_pseudo_terminal(pair)) return nullptr;
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets.data()) != 0) return nullptr;
  UniqueFd ours(sockets[0]);
  UniqueFd theirs(sockets[1]);
  const bool output_too = is_same_terminal(STDOUT_FILENO, STDERR_FILENO);
  const pid_t writer = fork();
  if (writer < 0) return nullptr;
  if (writer == 0) {
    // A second fork: so the writer is no child of ours. We need not wait for it, nor take its end for COMMAND's.
    if (const pid_t second = fork(); second != 0) _exit(second < 0 ? 1 : 0);
    ours.reset();
    pair.slave.reset();
    run_writer(std::move(pair.master), std::move(theirs), STDERR_FILENO);
    _exit(0);
  }
  // If the writer did not start, nobody would read what is printed.
  int status = 0;
  if (waitpid(writer, &status, 0) != writer || status != 0) return nullptr;
  std::array<UniqueFd, 2> originals;
  if (output_too) originals[0] = replace(STDOUT_FILENO, pair.slave.get());
  originals[1] = replace(STDERR_FILENO, pair.slave.get());
  return std::unique_ptr<Screen>(new Screen(std::move(ours), std::move(originals)));
}

void Screen::show(const std::vector<std::string>& lines) const {
  // An empty message would look like the end of the socket.
  std::string text = lines.empty() ? std::string(kNoBlock) : "";
  for (const std::string& line : lines) text += line + "\n";
  send(orders_.get(), text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

Screen::~Screen() {
  if (originals_[0]) dup2(originals_[0].get(), STDOUT_FILENO);
  dup2(originals_[1].get(), STDERR_FILENO);
  // The writer answers when everything is written. If the writer has ended already, recv() returns at once.
  shutdown(orders_.get(), SHUT_WR);
  char done = 0;
  while (recv(orders_.get(), &done, 1, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace profilegen::cli

// SPDX-License-Identifier: Apache-2.0
#include "live/writer.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <string>
#include <string_view>

#include "live/cursor.h"

namespace profilegen::cli {

namespace {

// The terminal must not wrap long lines: the cursor then goes back up by as many rows as the block has lines.
constexpr std::string_view kErase = "\x1b[J";
constexpr std::string_view kNoWrap = "\x1b[?7l";
constexpr std::string_view kWrap = "\x1b[?7h";
constexpr size_t kMostReads = 64;  // more than a pseudo-terminal holds (64 KiB in pieces of 4 KiB)
constexpr int kLeastRows = 8;      // a terminal with fewer rows has room only for COMMAND's own lines

class Writer {
 public:
  Writer(UniqueFd master, UniqueFd orders, int terminal)
      : master_(std::move(master)), orders_(std::move(orders)), terminal_(terminal), signals_(take_signals()) {
    fcntl(master_.get(), F_SETFL, O_NONBLOCK);
    follow_size();
  }

  void run();

 private:
  static UniqueFd take_signals();
  void on_output();
  void on_order();
  void on_signal();
  void end_orders();
  void follow_size();
  void draw(std::string& text);
  void erase(std::string& text);
  void write_all(std::string_view text);

  UniqueFd master_;
  UniqueFd orders_;
  int terminal_;
  UniqueFd signals_;
  Cursor cursor_;
  std::string block_;
  size_t drawn_ = 0;  // lines of the block that are now below the cursor
  winsize size_{};
  bool gone_ = false;  // nobody has the pseudo-terminal open any more, or the real terminal is gone
};

/// Signals of the terminal are meant for COMMAND and the recorder. The writer ignores them, and ends when these have
/// ended.
UniqueFd Writer::take_signals() {
  for (const int number : {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTTOU, SIGPIPE}) std::signal(number, SIG_IGN);
  sigset_t taken;
  sigemptyset(&taken);
  for (const int number : {SIGWINCH, SIGTSTP, SIGCONT}) sigaddset(&taken, number);
  sigprocmask(SIG_BLOCK, &taken, nullptr);
  return UniqueFd(signalfd(-1, &taken, SFD_CLOEXEC | SFD_NONBLOCK));
}

void Writer::write_all(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(terminal_, text.data(), text.size());
    if (written < 0 && errno != EINTR && errno != EAGAIN) {
      gone_ = true;
      return;
    }
    if (written > 0) text.remove_prefix(static_cast<size_t>(written));
  }
}

void Writer::erase(std::string& text) {
  if (drawn_ == 0) return;
  text += kErase;
  drawn_ = 0;
}

void Writer::draw(std::string& text) {
  if (block_.empty() || cursor_.is_moved() || !cursor_.is_at_line_begin() || size_.ws_row < kLeastRows) return;
  text += kNoWrap;
  for (const char c : block_) {
    if (c == '\n') {
      text += "\x1b[K\r\n";
      ++drawn_;
    } else {
      text += c;
    }
  }
  text += kWrap;
  text += "\x1b[" + std::to_string(drawn_) + "A";
}

void Writer::on_output() {
  std::array<char, 16384> buffer{};
  const ssize_t length = read(master_.get(), buffer.data(), buffer.size());
  if (length <= 0) {
    if (length == 0 || (errno != EAGAIN && errno != EINTR)) gone_ = true;
    return;
  }
  const std::string_view output(buffer.data(), static_cast<size_t>(length));
  // All in one write, so that nobody sees half of it.
  std::string text;
  erase(text);
  text += output;
  cursor_.print(output);
  draw(text);
  write_all(text);
}

void Writer::on_order() {
  std::array<char, 4096> buffer{};
  const ssize_t length = recv(orders_.get(), buffer.data(), buffer.size(), 0);
  if (length <= 0) return end_orders();
  block_.assign(buffer.data(), static_cast<size_t>(length));
  if (block_ == kNoBlock) block_.clear();
  std::string text;
  erase(text);
  draw(text);
  write_all(text);
}

/// Writes all that was printed before, and then answers.
void Writer::end_orders() {
  block_.clear();
  std::string text;
  erase(text);
  write_all(text);
  pollfd more{master_.get(), POLLIN, 0};
  // Bounded, because a background process may print forever.
  for (size_t read = 0; read < kMostReads && !gone_ && poll(&more, 1, 0) > 0; ++read) on_output();
  const char done = 1;
  send(orders_.get(), &done, 1, MSG_NOSIGNAL);
  orders_.reset();
}

/// The real terminal has sent SIGWINCH to COMMAND already, maybe before the pseudo-terminal had the new size. So it is
/// sent once more.
void Writer::follow_size() {
  winsize size{};
  if (ioctl(terminal_, TIOCGWINSZ, &size) != 0) return;
  const bool changed = size.ws_row != size_.ws_row || size.ws_col != size_.ws_col;
  const bool first = size_.ws_row == 0;
  size_ = size;
  if (!changed || first) return;
  ioctl(master_.get(), TIOCSWINSZ, &size);
  if (const pid_t group = tcgetpgrp(terminal_); group > 0) kill(-group, SIGWINCH);
}

void Writer::on_signal() {
  signalfd_siginfo info{};
  if (read(signals_.get(), &info, sizeof info) != static_cast<ssize_t>(sizeof info)) return;
  std::string text;
  erase(text);
  write_all(text);
  if (info.ssi_signo == SIGTSTP) kill(getpid(), SIGSTOP);
  follow_size();
}

void Writer::run() {
  while (!gone_) {
    std::array<pollfd, 3> ready{
        {{master_.get(), POLLIN, 0}, {signals_.get(), POLLIN, 0}, {orders_ ? orders_.get() : -1, POLLIN, 0}}};
    if (poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR) return;
    if (ready[1].revents != 0) on_signal();
    if (ready[0].revents != 0) on_output();
    if (ready[2].revents != 0) on_order();
  }
  if (orders_) end_orders();
}

}  // namespace

void run_writer(UniqueFd master, UniqueFd orders, int terminal) {
  Writer(std::move(master), std::move(orders), terminal).run();
}

}  // namespace profilegen::cli

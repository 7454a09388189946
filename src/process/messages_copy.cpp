// SPDX-License-Identifier: Apache-2.0
#include "profilegen/process/messages_copy.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
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

constexpr size_t kMostKept = 65536;

// False when nobody reads any more, or on another error.
bool write_all(int fd, const char* data, size_t size) {
  while (size > 0) {
    const ssize_t written = write(fd, data, size);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    data += written;
    size -= static_cast<size_t>(written);
  }
  return true;
}

// Runs in the child, until the last writer has closed its end. Ctrl-C in the terminal ends the writers, whose last
// words still have to be passed on. When our own standard error is gone, the writers are told by SIGPIPE, as without
// us.
[[noreturn]] void pass_on_all(int from, int kept) {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, nullptr);
  std::array<char, 4096> buffer{};
  size_t room = kMostKept;
  for (;;) {
    const ssize_t length = read(from, buffer.data(), buffer.size());
    if (length < 0 && errno == EINTR) continue;
    if (length <= 0) _exit(0);
    const auto size = static_cast<size_t>(length);
    const size_t keep = std::min(room, size);
    if (write_all(kept, buffer.data(), keep)) room -= keep;
    if (!write_all(STDERR_FILENO, buffer.data(), size)) _exit(0);
  }
}

bool has_ended(pid_t pid) {
  constexpr int patience = 1000;
  const UniqueFd pidfd(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
  pollfd event{pidfd.get(), POLLIN, 0};
  return pidfd && poll(&event, 1, patience) == 1;
}

std::string content_of(int file) {
  std::string text(kMostKept, '\0');
  const ssize_t length = pread(file, text.data(), text.size(), 0);
  text.resize(length > 0 ? static_cast<size_t>(length) : 0);
  return text;
}

}  // namespace

MessagesCopy::MessagesCopy(pid_t pid, UniqueFd input, UniqueFd kept)
    : pid_(pid), input_(std::move(input)), kept_(std::move(kept)) {}

Result<MessagesCopy> MessagesCopy::start() {
  std::array<int, 2> ends{};
  UniqueFd kept(memfd_create("messages", MFD_CLOEXEC));
  if (!kept || pipe2(ends.data(), O_CLOEXEC) != 0) return Error{"standard error", "can't be read", "", errno};
  const UniqueFd read_end(ends[0]);
  UniqueFd write_end(ends[1]);
  const pid_t pid = fork();
  if (pid < 0) return Error{"standard error", "can't be read", "", errno};
  if (pid == 0) {
    write_end.reset();
    pass_on_all(read_end.get(), kept.get());
  }
  return MessagesCopy(pid, std::move(write_end), std::move(kept));
}

std::string MessagesCopy::finish() {
  input_.reset();
  if (has_ended(pid_)) waitpid(pid_, nullptr, 0);
  return content_of(kept_.get());
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include <grp.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <optional>
#include <sstream>

#include "profilegen/process/own_rights.h"
#include "stacks/user_stack.h"

namespace profilegen {
namespace {

constexpr uid_t kNobody = 65534;
constexpr rlim_t kMostSeconds = 5;
constexpr std::chrono::seconds kPatience{2};

void close_all_but(std::vector<int> kept) {
  std::ranges::sort(kept);
  unsigned from = STDERR_FILENO + 1;
  for (const int descriptor : kept) {
    if (static_cast<unsigned>(descriptor) > from) close_range(from, static_cast<unsigned>(descriptor) - 1, 0);
    from = static_cast<unsigned>(descriptor) + 1;
  }
  close_range(from, ~0U, 0);
}

void limit(int resource, rlim_t most) {
  const rlimit limits{most, most};
  setrlimit(static_cast<__rlimit_resource>(resource), &limits);
}

// Without root the user id can't be changed: then the capabilities are what there is to drop.
bool drop_privileges() {
  limit(RLIMIT_CPU, kMostSeconds);
  limit(RLIMIT_CORE, 0);
  if (geteuid() == 0 && (setgroups(0, nullptr) != 0 || setresgid(kNobody, kNobody, kNobody) != 0 ||
                         setresuid(kNobody, kNobody, kNobody) != 0))
    return false;
  give_up_rights();
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

[[noreturn]] void unwind_into(int pipe, const pg_stack_event& event, std::vector<MappedFile> files) {
  std::vector<int> kept{pipe};
  for (const MappedFile& mapped : files) kept.push_back(mapped.file.get());
  close_all_but(std::move(kept));
  if (!drop_privileges()) _exit(1);
  std::string text;
  for (const std::string& frame : unwind(event, std::move(files))) text += frame + '\n';
  const bool written = write(pipe, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  _exit(written ? 0 : 1);
}

// All that comes until the other end is closed; nullopt if that takes too long, as it may with a file of a file system
// that does not answer.
std::optional<std::string> read_pipe(int pipe) {
  using std::chrono::steady_clock;
  const auto until = steady_clock::now() + kPatience;
  std::string text;
  std::array<char, 4096> buffer{};
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - steady_clock::now());
    pollfd waiting{pipe, POLLIN, 0};
    const int ready = left.count() > 0 ? poll(&waiting, 1, static_cast<int>(left.count())) : 0;
    if (ready == 0) return std::nullopt;
    if (ready < 0) continue;  // a signal
    const ssize_t got = read(pipe, buffer.data(), buffer.size());
    if (got == 0 || (got < 0 && errno != EINTR)) return text;
    if (got > 0) text.append(buffer.data(), static_cast<size_t>(got));
  }
}

}  // namespace

std::optional<std::vector<std::string>> unwind_apart(const pg_stack_event& event, std::vector<MappedFile> files) {
  std::array<int, 2> ends{};
  std::vector<std::string> frames;
  if (pipe(ends.data()) != 0) return frames;
  const UniqueFd reading(ends[0]);
  UniqueFd writing(ends[1]);
  const pid_t child = fork();
  if (child < 0) return frames;
  if (child == 0) unwind_into(writing.get(), event, std::move(files));
  writing.reset();
  const auto text = read_pipe(reading.get());
  if (!text) {
    kill(child, SIGKILL);  // not waited for: the kernel keeps it as long as it waits for that file system
    return std::nullopt;
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  std::istringstream lines(*text);
  if (status == 0)
    for (std::string line; std::getline(lines, line);) frames.push_back(line);
  return frames;
}

}  // namespace profilegen

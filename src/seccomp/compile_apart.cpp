// SPDX-License-Identifier: Apache-2.0
#include "compile_apart.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <map>

#include "profilegen/unique_fd.h"

namespace profilegen::seccomp {
namespace {

// Measured with libseccomp 2.5.4: fewer comparisons for one call than this take less than a second.
constexpr size_t kManyComparisons = 8;

bool write_whole(int file, const std::vector<sock_filter>& program) {
  const size_t bytes = program.size() * sizeof(sock_filter);
  return pwrite(file, program.data(), bytes, 0) == static_cast<ssize_t>(bytes);
}

[[noreturn]] void compile_in_child(const Compiler& compiler, unsigned seconds, int file) {
  const rlimit limit{seconds, seconds};
  if (setrlimit(RLIMIT_CPU, &limit) != 0) _exit(1);
  const auto program = compiler();
  _exit(program && write_whole(file, *program) ? 0 : 1);
}

std::vector<sock_filter> read_whole(int file) {
  std::vector<sock_filter> program(static_cast<size_t>(lseek(file, 0, SEEK_END)) / sizeof(sock_filter));
  const size_t bytes = program.size() * sizeof(sock_filter);
  return pread(file, program.data(), bytes, 0) == static_cast<ssize_t>(bytes) ? program : std::vector<sock_filter>{};
}

int wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return status;
}

}  // namespace

bool may_take_long(const SeccompFile& file) {
  std::map<std::string, size_t> comparisons;
  for (const Rule& rule : file.rules)
    for (const std::string& name : rule.names)
      if (rule.args.size() > 1 && (comparisons[name] += rule.args.size()) >= kManyComparisons) return true;
  return false;
}

Result<std::vector<sock_filter>> compile_apart(const Compiler& compiler, unsigned seconds, const std::string& object) {
  const UniqueFd file(memfd_create("filter", MFD_CLOEXEC));
  const pid_t child = file ? fork() : -1;
  if (child < 0) return Error{object, "can't be compiled", "", errno};
  if (child == 0) compile_in_child(compiler, seconds, file.get());
  const int status = wait_for(child);
  if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL))
    return Error{object, fmt::format("libseccomp needs more than {} s of CPU time for its rules", seconds),
                 "compare fewer arguments of one call: runtimes use libseccomp, too, and would need as long"};
  // It failed at once. What it says is not passed on by the child, so it is asked again.
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return compiler();
  return read_whole(file.get());
}

}  // namespace profilegen::seccomp

// SPDX-License-Identifier: Apache-2.0
#include "profilegen/process/running_process.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <sstream>

#include "profilegen/process/process_status.h"
#include "profilegen/process/small_file.h"

namespace profilegen {
namespace {

// Each word in /proc/PID/cmdline ends with a zero byte. The process may have overwritten it; then its name is used.
std::vector<std::string> command_of(int pid) {
  std::istringstream text(read_small_file("/proc/" + std::to_string(pid) + "/cmdline"));
  std::vector<std::string> words;
  for (std::string word; std::getline(text, word, '\0');) words.push_back(word);
  if (!words.empty() && !words.front().empty()) return words;
  return {status_field(process_status(pid), "Name")};
}

std::string process_name(int pid) { return "process " + std::to_string(pid); }

}  // namespace

Status check_process(int pid, const std::string& status) {
  if (status.empty()) return Error{process_name(pid), "does not exist", "see ps -e"};
  const std::string group = status_field(status, "Tgid");
  if (group != std::to_string(pid))
    return Error{process_name(pid), "is a thread of process " + group, "give that process's number"};
  const bool last_thread = status_field(status, "Threads") == "1";  // the main thread may end first
  if (status_field(status, "State").starts_with("Z") && last_thread)
    return Error{process_name(pid), "has ended already"};
  // A process without memory of its own is a kernel thread: proc(5) shows no Vm* lines for it.
  if (last_thread && status_field(status, "VmSize").empty())
    return Error{process_name(pid), "is a kernel thread, which makes no system calls"};
  return Done{};
}

Result<RunningProcess> RunningProcess::open(int pid) {
  UniqueFd pidfd(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
  const int reason = errno;
  if (auto checked = check_process(pid, process_status(pid)); !checked) return checked.error();
  if (!pidfd) return Error{process_name(pid), "can't be watched", "", reason};
  return RunningProcess(pid, std::move(pidfd), command_of(pid));
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "profilegen/process/waiting_threads.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>

#include "profilegen/process/process_status.h"
#include "profilegen/process/small_file.h"

namespace profilegen {
namespace {

namespace fs = std::filesystem;

/// The directories in this one whose names are numbers.
std::vector<int> numbers_in(const std::string& directory) {
  std::vector<int> numbers;
  std::error_code error;
  for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename();
    int number = 0;
    const auto parsed = std::from_chars(name.data(), name.data() + name.size(), number);
    if (parsed.ec == std::errc() && parsed.ptr == name.data() + name.size()) numbers.push_back(number);
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

std::string pid_namespace(const std::string& process) {
  std::array<char, 64> text{};
  const ssize_t length = readlink(("/proc/" + process + "/ns/pid").c_str(), text.data(), text.size());
  return length > 0 ? std::string(text.data(), static_cast<size_t>(length)) : "";
}

std::vector<int> processes_around(int pid) {
  const std::string space = pid_namespace(std::to_string(pid));
  if (space.empty()) return {};
  if (space == pid_namespace("self")) return {pid};
  std::vector<int> processes = numbers_in("/proc");
  std::erase_if(processes, [&](int other) { return pid_namespace(std::to_string(other)) != space; });
  return processes;
}

/// The first word of proc_pid_syscall(5): the number of a call, "running", or -1 outside of any.
std::optional<uint32_t> call_in(const std::string& text) {
  uint32_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  return parsed.ec == std::errc() && parsed.ptr != text.data() ? std::optional(number) : std::nullopt;
}

}  // namespace

std::vector<ThreadNow> threads_around(int pid) {
  std::vector<ThreadNow> threads;
  for (const int process : processes_around(pid)) {
    const std::string tasks = "/proc/" + std::to_string(process) + "/task/";
    for (const int thread : numbers_in(tasks)) {
      const std::string directory = tasks + std::to_string(thread);
      const std::string status = read_small_file(directory + "/status");
      if (status.empty()) continue;
      threads.push_back({static_cast<uint32_t>(thread), status_field(status, "Name"),
                         status_field(status, "State").starts_with("R"),
                         call_in(read_small_file(directory + "/syscall"))});
    }
  }
  return threads;
}

}  // namespace profilegen

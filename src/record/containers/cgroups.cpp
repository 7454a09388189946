// SPDX-License-Identifier: Apache-2.0
#include "containers/cgroups.h"

#include <sys/stat.h>

#include <sstream>

#include "profilegen/engine.h"
#include "profilegen/process/small_file.h"

namespace profilegen {
namespace {

struct Line {
  int hierarchy = 0;
  std::string controllers;
  std::string path;
};

// Parses "8:pids:/docker/0123…". The path may contain more colons.
std::optional<Line> parse_line(const std::string& text) {
  const size_t first = text.find(':');
  const size_t second = first == std::string::npos ? first : text.find(':', first + 1);
  if (second == std::string::npos) return std::nullopt;
  Line line;
  line.hierarchy = std::atoi(text.c_str());
  line.controllers = text.substr(first + 1, second - first - 1);
  line.path = text.substr(second + 1);
  return line;
}

template <typename Take>
void each_line(std::string_view text, Take take) {
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);)
    if (const auto parsed = parse_line(line)) take(*parsed);
}

std::string mount_of(int hierarchy) { return hierarchy == 0 ? "/sys/fs/cgroup" : "/sys/fs/cgroup/pids"; }

}  // namespace

int container_hierarchy(std::string_view text) {
  int hierarchy = 0;
  each_line(text, [&](const Line& line) {
    if (("," + line.controllers + ",").find(",pids,") != std::string::npos) hierarchy = line.hierarchy;
  });
  return hierarchy;
}

std::optional<std::string> cgroup_path(std::string_view text, int hierarchy) {
  std::optional<std::string> path;
  each_line(text, [&](const Line& line) {
    if (line.hierarchy == hierarchy) path = line.path;
  });
  return path;
}

int container_hierarchy() { return container_hierarchy(read_small_file("/proc/self/cgroup")); }

std::string containers_own(const std::string& path) {
  for (size_t end = path.size(); end != std::string::npos && end > 0; end = path.rfind('/', end - 1)) {
    const size_t slash = path.rfind('/', end - 1);
    const size_t begin = slash == std::string::npos ? 0 : slash + 1;
    if (!container_id_in(path.substr(begin, end - begin)).empty()) return path.substr(0, end);
  }
  return path;
}

std::optional<uint32_t> owner_above(const std::string& mount, const std::string& path) {
  for (size_t end = 0; (end = path.find('/', end + 1)) != std::string::npos;) {
    struct stat status {};
    if (stat((mount + path.substr(0, end)).c_str(), &status) != 0) return std::nullopt;
    if (status.st_uid != 0) return status.st_uid;
  }
  return 0;
}

std::optional<uint32_t> maker_of_cgroup(int pid, int hierarchy) {
  const auto path = cgroup_path(read_small_file("/proc/" + std::to_string(pid) + "/cgroup"), hierarchy);
  if (!path) return std::nullopt;
  return owner_above(mount_of(hierarchy), containers_own(*path));
}

std::optional<uint64_t> cgroup_of_process(int pid, int hierarchy) {
  const auto path = cgroup_path(read_small_file("/proc/" + std::to_string(pid) + "/cgroup"), hierarchy);
  if (!path) return std::nullopt;
  const std::string mount = mount_of(hierarchy);
  struct stat status {};
  if (stat((mount + containers_own(*path)).c_str(), &status) != 0) return std::nullopt;
  return status.st_ino;
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "objects/processes.h"

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>

#include "profilegen/process/process_status.h"

namespace profilegen {
namespace {

namespace fs = std::filesystem;

bool is_in_namespace(const fs::path& process, uint32_t pid_ns) {
  struct stat status {};
  return stat((process / "ns/pid").c_str(), &status) == 0 && status.st_ino == pid_ns;
}

// NSpid lists the numbers in all namespaces; the last one is that of the process's own (proc_pid_status(5)).
bool has_number(const std::string& status, uint32_t number) {
  const std::string numbers = status_field(status, "NSpid");
  return numbers.substr(numbers.find_last_of('\t') + 1) == std::to_string(number);
}

}  // namespace

std::optional<FoundProcess> find_process(uint32_t pid_ns, uint32_t number) {
  std::error_code failed;
  for (fs::directory_iterator entry("/proc", failed); !failed && entry != fs::directory_iterator();
       entry.increment(failed)) {
    const int pid = std::atoi(entry->path().filename().c_str());
    if (pid <= 0 || !is_in_namespace(entry->path(), pid_ns)) continue;
    const std::string status = process_status(pid);
    if (has_number(status, number))
      return FoundProcess{status_field(status, "Name"),
                          static_cast<uint32_t>(std::strtoul(status_field(status, "Uid").c_str(), nullptr, 10))};
  }
  return std::nullopt;
}

}  // namespace profilegen

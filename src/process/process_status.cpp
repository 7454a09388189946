// SPDX-License-Identifier: Apache-2.0
#include "profilegen/process/process_status.h"

#include <sstream>

#include "profilegen/process/small_file.h"

namespace profilegen {

std::string process_status(int pid) { return read_small_file("/proc/" + std::to_string(pid) + "/status"); }

std::string status_field(const std::string& status, const std::string& name) {
  std::istringstream lines(status);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(name + ":\t")) return line.substr(name.size() + 2);
  return "";
}

}  // namespace profilegen

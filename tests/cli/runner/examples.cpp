// SPDX-License-Identifier: Apache-2.0
#include "runner/examples.h"

#include <filesystem>
#include <sstream>

std::vector<std::string> examples_in(const std::string& help) {
  const std::string heading = "\nExamples:\n";
  const size_t begin = help.find(heading);
  std::vector<std::string> lines;
  if (begin == std::string::npos) return lines;
  std::istringstream text(help.substr(begin + heading.size()));
  for (std::string line; std::getline(text, line);)
    if (line.starts_with("  ")) lines.push_back(line.substr(2));
  return lines;
}

std::vector<std::string> shell_command(std::string line) {
  const std::string sudo = "sudo ";
  for (size_t at = line.find(sudo); at != std::string::npos; at = line.find(sudo)) line.erase(at, sudo.size());
  const std::string folder = std::filesystem::path(PROFILEGEN).parent_path();
  return {"/bin/sh", "-c", "PATH=" + folder + ":$PATH; " + line};
}

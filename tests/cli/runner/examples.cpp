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

Outcome run_example(const std::string& directory, const std::string& line) {
  const std::string sudo = "sudo ";
  const std::string command = line.starts_with(sudo) ? line.substr(sudo.size()) : line;
  const std::string folder = std::filesystem::path(PROFILEGEN).parent_path();
  return run_program(
      {{"/bin/sh", "-c", "PATH=" + folder + ":$PATH; " + command}, directory, "", {"MANPAGER=cat", "HOME=/root"}});
}

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/subcommand.h"

namespace profilegen::cli {

struct Parsed {
  const Subcommand* command = nullptr;  ///< nullptr when none was given
  std::optional<std::string> answer;    ///< the output of --help or --version, instead of running the command
  std::optional<std::string> wrong;     ///< what is wrong with the command line
};

/// Parses the command line, and stores the values where the options of `commands` and of the console say.
Parsed parse_command_line(const std::vector<Subcommand>& commands, Console& console, int argc, char** argv);

}  // namespace profilegen::cli

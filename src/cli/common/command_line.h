// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/subcommand.h"

namespace profilegen::cli {

/// What a command line asks for.
struct Parsed {
  const Subcommand* command = nullptr;  ///< nullptr when it names none
  std::optional<std::string> answer;    ///< what --help or --version print, in place of running the command
  std::optional<std::string> wrong;     ///< what can't be understood
};

/// Puts the values where the options of `commands` and of the console say.
Parsed parse_command_line(const std::vector<Subcommand>& commands, Console& console, int argc, char** argv);

}  // namespace profilegen::cli

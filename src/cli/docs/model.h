// SPDX-License-Identifier: Apache-2.0
// Describes all commands for manual pages and shells, made of the same data by which the command line is parsed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/subcommand.h"

namespace profilegen::cli::docs {

/// How a shell can complete a value.
enum class Values {
  none,
  words,  ///< one of `choices`
  files,
  directories,
  command,  ///< a command with its own arguments
};

struct OptionDoc {
  std::vector<std::string> names;  ///< "-o", "--output"; a positional argument has one, "INPUT"
  std::string value;               ///< the name of the value, e.g. "DIR"; empty for a flag
  bool value_optional = false;     ///< --name[=VALUE]
  std::string text;
  std::string fallback;  ///< the default, if --help shows it
  bool required = false;
  bool repeated = false;
  Values values = Values::none;
  std::vector<std::string> choices{};
};

struct CommandDoc {
  std::string name;
  std::string help;
  std::vector<OptionDoc> options;
  std::vector<OptionDoc> positionals;
  std::string text;      ///< what the help says below the options, without the examples
  std::string examples;  ///< one in each line, not indented
};

/// Their options include those that every command has.
std::vector<CommandDoc> commands_of(const std::vector<Subcommand>& subcommands);

}  // namespace profilegen::cli::docs

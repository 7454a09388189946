// SPDX-License-Identifier: Apache-2.0
// What --help is made of, for manual pages and for shells: of the same data as the command line is parsed by.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/subcommand.h"

namespace profilegen::cli::docs {

/// What a shell can complete.
enum class Values {
  none,
  words,  ///< one of `choices`
  files,
  directories,
  command,  ///< a command with its own arguments
};

struct OptionDoc {
  std::vector<std::string> names;  ///< "-o", "--output"; a positional's only name is "INPUT"
  std::string value;               ///< what it takes, e.g. "DIR"; empty for a flag
  bool value_optional = false;     ///< --name[=VALUE]
  std::string text;
  std::string fallback;  ///< the default, where one is shown
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
  std::string examples;  ///< one a line, without indentation
};

/// With the options that every command has.
std::vector<CommandDoc> commands_of(const std::vector<Subcommand>& subcommands);

}  // namespace profilegen::cli::docs

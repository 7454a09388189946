// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "common/console.h"
#include "common/options.h"

namespace profilegen::cli {

inline constexpr int kUsageError = 2;
inline constexpr const char* kPurpose =
    "Records what a container does and writes the tightest policy that still lets it work.";

struct Command {
  std::vector<Option> options;
  std::string footer;                      ///< what --help says below the options, with the examples
  std::function<int(const Console&)> run;  ///< gives the exit status
  int usage_error = kUsageError;           ///< exit status for options that can't be understood
  /// Gets what is behind "--" as it was given: CLI11 takes a word like "[a,b]" apart.
  std::vector<std::string>* verbatim = nullptr;
};

// add_NAME says which options there are and what to do when they were given. Those that every command has are not among
// them.
#define SUBCOMMAND(name, help, example) Command add_##name();
#include "subcommands.def"
#undef SUBCOMMAND

/// A line of subcommands.def.
struct Subcommand {
  std::string name;
  std::string help;
  std::string_view example;
  Command command;
};
/// All of them, in the order of --help.
std::vector<Subcommand> subcommands();

/// Those that every command has beside its own. CLI11 itself answers the first two.
Option help_option();
Option version_option();
std::vector<Option> console_options(Console& console);

}  // namespace profilegen::cli

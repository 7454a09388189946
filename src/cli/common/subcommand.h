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
  std::function<int(const Console&)> run;  ///< returns the exit status
  int usage_error = kUsageError;           ///< exit status for invalid options
  /// If set, gets the words after "--" unchanged: CLI11 splits a word like "[a,b]".
  std::vector<std::string>* verbatim = nullptr;
  bool records = false;  ///< it needs the rights to record; the others give them up first
};

// add_NAME returns the options of a subcommand, without those that every command has, and the function that runs it.
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

/// The options that every command has besides its own. CLI11 itself acts on the first two.
Option help_option();
Option version_option();
std::vector<Option> console_options(Console& console);

}  // namespace profilegen::cli

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "common/console.h"

namespace profilegen::cli {

inline constexpr int kUsageError = 2;

struct Command {
  std::function<int(const Console&)> run;  ///< gives the exit status
  int usage_error = kUsageError;           ///< exit status for options that can't be understood
  /// Gets what is behind "--" as it was given: CLI11 takes a word like "[a,b]" apart.
  std::vector<std::string>* verbatim = nullptr;
};

// add_NAME declares the options and returns what to do when they were given. --quiet, -v and --version are there
// already.
#define SUBCOMMAND(name, help, example) Command add_##name(CLI::App& app);
#include "subcommands.def"
#undef SUBCOMMAND

}  // namespace profilegen::cli

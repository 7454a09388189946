// SPDX-License-Identifier: Apache-2.0
// The options of a subcommand as plain data. common/command_line.cpp parses the command line by it, and is the only
// file that includes CLI11, which takes ten seconds to compile. docs/ makes manual pages and completions of the same
// data.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace profilegen::cli {

/// Where the value of an option is stored. A bool makes it a flag; an option that stores into a vector may be repeated.
/// The value before parsing is the default.
using Destination = std::variant<std::monostate, bool*, int*, std::string*, std::optional<std::string>*,
                                 std::vector<std::string>*, std::vector<std::pair<std::string, std::string>>*>;

struct Option {
  std::string name;  ///< "-o,--output"; of a positional argument "INPUT"
  Destination into;
  std::string text;        ///< the description in --help
  std::string value = {};  ///< how --help names the value, e.g. "FILE"
  bool required = false;
  bool show_default = false;              ///< --help shows the default
  bool one_at_a_time = false;             ///< in "--name A B" only A belongs to the option
  bool hidden = false;                    ///< --help does not show the option
  char delimiter = '\0';                  ///< separates several values in one word
  std::string bare_value = {};            ///< the value of --name without =VALUE, if that is allowed
  std::vector<std::string> choices = {};  ///< if not empty: the only valid values
  std::optional<std::pair<int, int>> range = {};
  std::function<std::string(const std::string&)> check = {};  ///< returns what is wrong with a value, or ""
};

}  // namespace profilegen::cli

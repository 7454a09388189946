// SPDX-License-Identifier: Apache-2.0
// What a subcommand takes, as plain data. The command line is parsed by it (common/command_line.cpp, the only file that
// sees CLI11, which takes ten seconds to compile), and manual pages and completions are made of it (docs/).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace profilegen::cli {

/// Where a value goes. A bool makes the option a flag; what holds several may be given repeatedly. What was there
/// before is the default.
using Destination = std::variant<std::monostate, bool*, int*, std::string*, std::optional<std::string>*,
                                 std::vector<std::string>*, std::vector<std::pair<std::string, std::string>>*>;

struct Option {
  std::string name;  ///< "-o,--output"; a positional's is "INPUT"
  Destination into;
  std::string text;        ///< for --help
  std::string value = {};  ///< how --help names the value, e.g. "FILE"
  bool required = false;
  bool show_default = false;              ///< in --help
  bool one_at_a_time = false;             ///< "--name A B": B is no further value of it
  bool hidden = false;                    ///< from --help
  char delimiter = '\0';                  ///< parts several values in one word
  std::string bare_value = {};            ///< what --name alone means, where =VALUE may be left out
  std::vector<std::string> choices = {};  ///< the only values that are taken
  std::optional<std::pair<int, int>> range = {};
  std::function<std::string(const std::string&)> check = {};  ///< gives what is wrong with a value, or nothing
};

}  // namespace profilegen::cli

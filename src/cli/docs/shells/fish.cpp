// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "docs/shells.h"

namespace profilegen::cli::docs {

namespace {

/// In fish's single quotes a backslash escapes itself and the quote.
std::string fish_quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string values(const OptionDoc& option) {
  switch (option.values) {
    case Values::words:
      return " -x -a " + fish_quoted(fmt::format("{}", fmt::join(option.choices, " ")));
    case Values::files:
      return " -r -F";
    case Values::directories:
      return " -x -a '(__fish_complete_directories)'";
    case Values::command:  // comes after --
    case Values::none:
      break;
  }
  return option.value.empty() || option.value_optional ? "" : " -x";
}

std::string option_line(const CommandDoc& command, const OptionDoc& option) {
  std::string names;
  for (const std::string& name : option.names)
    names += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  return fmt::format("complete -c profilegen -n '__fish_seen_subcommand_from {}'{}{} -d {}\n", command.name, names,
                     values(option), fish_quoted(option.text));
}

std::string positional_line(const CommandDoc& command, const OptionDoc& positional) {
  std::string condition = "__fish_seen_subcommand_from " + command.name;
  std::string action = positional.values == Values::files ? " -F" : values(positional);
  if (positional.values == Values::none) return "";
  if (positional.values == Values::command) {
    condition += "; and contains -- -- (commandline -opc)";
    action = " -x -a '(__profilegen_command)'";
  }
  return fmt::format("complete -c profilegen -n '{}'{}\n", condition, action);
}

// The words after -- are completed like a command line of their own.
constexpr const char* kBegin = R"(# fish completion of profilegen, made by: profilegen completion fish
function __profilegen_command
    set -l words (commandline -opc) (commandline -ct)
    set -l dashes (contains -i -- -- $words)
    complete -C (string join -- ' ' $words[(math $dashes + 1)..])
end
complete -c profilegen -f
complete -c profilegen -n __fish_use_subcommand -l help -d 'Print help'
complete -c profilegen -n __fish_use_subcommand -l version -d 'Print the version'
)";

}  // namespace

std::string completion_fish(const std::vector<CommandDoc>& commands) {
  std::string text = kBegin;
  for (const CommandDoc& command : commands) {
    text += fmt::format("complete -c profilegen -n __fish_use_subcommand -a {} -d {}\n", command.name,
                        fish_quoted(command.help));
    for (const OptionDoc& option : command.options) text += option_line(command, option);
    for (const OptionDoc& positional : command.positionals) text += positional_line(command, positional);
  }
  return text;
}

}  // namespace profilegen::cli::docs

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "docs/shells.h"
#include "profilegen/shell_word.h"

namespace profilegen::cli::docs {

namespace {

/// Brackets, colons and backslashes have a meaning in a specification for _arguments (zshcompsys(1)).
std::string spec_text(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string action(const OptionDoc& option) {
  switch (option.values) {
    case Values::words:
      return fmt::format("({})", fmt::join(option.choices, " "));
    case Values::files:
      return "_files";
    case Values::directories:
      return "_files -/";
    case Values::command:  // comes after --
    case Values::none:
      break;
  }
  return " ";
}

std::string option_spec(const OptionDoc& option, const std::string& name) {
  std::string spec = option.repeated ? "*" : fmt::format("({})", fmt::join(option.names, " "));
  spec += name;
  if (!option.value.empty()) spec += name.starts_with("--") ? (option.value_optional ? "=-" : "=") : "+";
  spec += "[" + spec_text(option.text) + "]";
  if (!option.value.empty())
    spec += fmt::format("{}{}:{}", option.value_optional ? "::" : ":", spec_text(option.value), action(option));
  return shell_word(spec);
}

std::string positional_spec(const OptionDoc& positional) {
  const char* many = positional.values == Values::command ? "*::" : positional.repeated ? "*:" : ":";
  return shell_word(fmt::format("{}{}:{}", many, positional.names.front(), action(positional)));
}

std::string command_case(const CommandDoc& command) {
  std::string text = fmt::format("        {})\n            _arguments -s", command.name);
  for (const OptionDoc& option : command.options)
    for (const std::string& name : option.names) text += " \\\n                " + option_spec(option, name);
  for (const OptionDoc& positional : command.positionals) text += " \\\n                " + positional_spec(positional);
  return text + "\n            ;;\n";
}

}  // namespace

std::string completion_zsh(const std::vector<CommandDoc>& commands) {
  std::string text =
      "#compdef profilegen\n# zsh completion of profilegen, made by: profilegen completion zsh\n_profilegen() {\n"
      "    local state line\n    local -a subcommands\n    subcommands=(\n";
  for (const CommandDoc& command : commands)
    text += fmt::format("        {}\n", shell_word(command.name + ":" + spec_text(command.help)));
  text +=
      "    )\n    _arguments -C '--help[Print help]' '--version[Print the version]' '1: :->command' '*:: "
      ":->arguments'\n"
      "    case $state in\n        command) _describe command subcommands; return ;;\n    esac\n"
      // The words after -- are completed like a command line of their own.
      "    local dashes=${words[(i)--]}\n"
      "    if (( dashes < CURRENT )); then\n        shift $dashes words\n        (( CURRENT -= dashes ))\n"
      "        _normal\n        return\n    fi\n    case $words[1] in\n";
  for (const CommandDoc& command : commands) text += command_case(command);
  // If zsh autoloads the file, it is the body of the function; if the file is sourced, it registers the function.
  return text +
         "    esac\n}\nif [ \"$funcstack[1]\" = _profilegen ]; then _profilegen \"$@\"; else compdef _profilegen "
         "profilegen; fi\n";
}

}  // namespace profilegen::cli::docs

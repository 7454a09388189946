// SPDX-License-Identifier: Apache-2.0
// Needs no bash-completion, and uses it for COMMAND where it is there.
#include <fmt/format.h>

#include "docs/shells.h"

namespace profilegen::cli::docs {

namespace {

// Bash takes "--format=js" apart at the sign.
constexpr const char* kBegin = R"bash(# bash completion of profilegen, made by: profilegen completion bash
_profilegen() {
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command= i
    if [ "$current" = = ]; then
        current=
    elif [ "$before" = = ]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        if [ "${COMP_WORDS[i]}" = -- ]; then
            if [ "$((i + 1))" -eq "$COMP_CWORD" ]; then
                mapfile -t COMPREPLY < <(compgen -c -- "$current")
            elif declare -F _command_offset >/dev/null; then
                _command_offset "$((i + 1))"
            else
                compopt -o filenames
                mapfile -t COMPREPLY < <(compgen -f -- "$current")
            fi
            return
        fi
        [ -n "$command" ] || case ${COMP_WORDS[i]} in -*) ;; *) command=${COMP_WORDS[i]} ;; esac
    done
    case "$command $before" in
)bash";

std::string value_case(const CommandDoc& command, const OptionDoc& option) {
  if (option.value.empty() || option.value_optional) return "";
  std::string pattern;
  for (const std::string& name : option.names)
    pattern += fmt::format("{}'{} {}'", pattern.empty() ? "" : " | ", command.name, name);
  std::string action;
  if (option.values == Values::words)
    action = fmt::format("mapfile -t COMPREPLY < <(compgen -W {} -- \"$current\")", shell_quoted(joined(option.choices)));
  else if (option.values == Values::files)
    action = "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- \"$current\")";
  else if (option.values == Values::directories)
    action = "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- \"$current\")";
  return fmt::format("        {}) {}{}return ;;\n", pattern, action, action.empty() ? "" : "; ");
}

std::string command_case(const CommandDoc& command) {
  std::vector<std::string> names;
  for (const OptionDoc& option : command.options) names.insert(names.end(), option.names.begin(), option.names.end());
  std::string positional = ":";
  for (const OptionDoc& one : command.positionals) {
    if (one.values == Values::words) {
      positional = fmt::format("mapfile -t COMPREPLY < <(compgen -W {} -- \"$current\")", shell_quoted(joined(one.choices)));
      break;
    }
    if (one.values == Values::files || one.values == Values::directories) {
      positional = fmt::format("compopt -o filenames; mapfile -t COMPREPLY < <(compgen -{} -- \"$current\")",
                               one.values == Values::files ? 'f' : 'd');
      break;
    }
  }
  return fmt::format(
      "        {} -*) mapfile -t COMPREPLY < <(compgen -W {} -- \"$current\") ;;\n        {}\\ *) {} ;;\n",
      command.name + "\\", shell_quoted(joined(names)), command.name, positional);
}

}  // namespace

std::string completion_bash(const std::vector<CommandDoc>& commands) {
  std::string text = kBegin;
  std::vector<std::string> names;
  std::string words;
  for (const CommandDoc& command : commands) {
    names.push_back(command.name);
    for (const OptionDoc& option : command.options) text += value_case(command, option);
    words += command_case(command);
  }
  return text +
         "    esac\n    case \"$command $current\" in\n        \\ -*) mapfile -t COMPREPLY < <(compgen -W '--help "
         "--version' -- \"$current\") ;;\n" +
         fmt::format("        \\ *) mapfile -t COMPREPLY < <(compgen -W {} -- \"$current\") ;;\n",
                     shell_quoted(joined(names))) +
         words + "    esac\n}\ncomplete -F _profilegen profilegen\n";
}

}  // namespace profilegen::cli::docs

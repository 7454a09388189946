// SPDX-License-Identifier: Apache-2.0
// Does not need the package bash-completion, but uses it, if it is there, to complete COMMAND.
#include <fmt/format.h>

#include "docs/shells.h"
#include "profilegen/shell_word.h"

namespace profilegen::cli::docs {

namespace {

// Bash splits "--format=js" into three words at the "=".
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

std::string offer_words(const std::vector<std::string>& words) {
  return fmt::format("mapfile -t COMPREPLY < <(compgen -W {} -- \"$current\")",
                     shell_word(fmt::format("{}", fmt::join(words, " "))));
}

/// Empty when nothing is known about the values.
std::string offer(const OptionDoc& option) {
  switch (option.values) {
    case Values::words:
      return offer_words(option.choices);
    case Values::files:
    case Values::directories:
      return fmt::format("compopt -o filenames; mapfile -t COMPREPLY < <(compgen -{} -- \"$current\")",
                         option.values == Values::files ? 'f' : 'd');
    case Values::command:  // comes after --
    case Values::none:
      break;
  }
  return "";
}

std::string value_case(const CommandDoc& command, const OptionDoc& option) {
  if (option.value.empty() || option.value_optional) return "";
  std::string pattern;
  for (const std::string& name : option.names)
    pattern += fmt::format("{}'{} {}'", pattern.empty() ? "" : " | ", command.name, name);
  const std::string offered = offer(option);
  return fmt::format("        {}) {}{}return ;;\n", pattern, offered, offered.empty() ? "" : "; ");
}

std::string command_case(const CommandDoc& command) {
  std::vector<std::string> names;
  for (const OptionDoc& option : command.options) names.insert(names.end(), option.names.begin(), option.names.end());
  std::string offered;
  for (const OptionDoc& one : command.positionals)
    if (offered.empty()) offered = offer(one);
  return fmt::format("        {0}\\ -*) {1} ;;\n        {0}\\ *) {2} ;;\n", command.name, offer_words(names),
                     offered.empty() ? ":" : offered);
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
         fmt::format("    esac\n    case \"$command $current\" in\n        \\ -*) {} ;;\n        \\ *) {} ;;\n",
                     offer_words({"--help", "--version"}), offer_words(names)) +
         words + "    esac\n}\ncomplete -F _profilegen profilegen\n";
}

}  // namespace profilegen::cli::docs

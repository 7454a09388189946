// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>
#include <optional>

#include "profilegen/confinement_options.h"
#include "profilegen/engine.h"

namespace profilegen {
namespace {

using Words = std::vector<std::string>;
using Kind = ClientCommand::Kind;

std::string base_name(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

// Options that take the next word as their value. All others are flags, or have their value after '='. The clients'
// options do not contradict each other: docker's, then podman's (podman(1)), then nerdctl's.
constexpr std::string_view kClientOptions[] = {"--config",
                                               "--context",
                                               "-c",
                                               "--host",
                                               "-H",
                                               "--log-level",
                                               "-l",
                                               "--tlscacert",
                                               "--tlscert",
                                               "--tlskey",
                                               "--cgroup-manager",
                                               "--conmon",
                                               "--connection",
                                               "--events-backend",
                                               "--hooks-dir",
                                               "--identity",
                                               "--imagestore",
                                               "--module",
                                               "--network-cmd-path",
                                               "--network-config-dir",
                                               "--registries-conf",
                                               "--root",
                                               "--runroot",
                                               "--runtime",
                                               "--runtime-flag",
                                               "--ssh",
                                               "--storage-driver",
                                               "--storage-opt",
                                               "--tmpdir",
                                               "--url",
                                               "--volumepath",
                                               "--address",
                                               "-a",
                                               "--cni-netconfpath",
                                               "--cni-path",
                                               "--data-root",
                                               "--hosts-dir",
                                               "--namespace",
                                               "-n",
                                               "--snapshotter"};
constexpr std::string_view kComposeOptions[] = {
    "--file", "-f", "--project-name", "-p", "--profile", "--env-file", "--project-directory", "--parallel", "--ansi"};
constexpr std::string_view kStartOptions[] = {"--detach-keys", "--checkpoint", "--checkpoint-dir", "--filter", "-f"};
constexpr std::string_view kRestartOptions[] = {"--time", "--timeout", "-t", "--signal", "-s", "--filter", "-f"};
constexpr std::string_view kExecOptions[] = {"--detach-keys", "--env",         "-e", "--env-file", "--user", "-u", "-w",
                                             "--workdir",     "--preserve-fds"};

template <size_t N>
bool takes_word(const std::string_view (&options)[N], const std::string& word) {
  return std::find(std::begin(options), std::end(options), word) != std::end(options);
}

// Index of the first word, from `at` on, that is neither an option nor an option's value.
template <size_t N>
size_t skip_options(const std::string_view (&options)[N], const Words& words, size_t at) {
  while (at < words.size() && words[at].starts_with('-')) {
    if (words[at] == "--") return at + 1;
    at += takes_word(options, words[at]) ? 2 : 1;
  }
  return std::min(at, words.size());
}

Words words_from(const Words& words, size_t at) {
  return {words.begin() + static_cast<std::ptrdiff_t>(at), words.end()};
}

// The value of `--name VALUE`, `--name=VALUE` or `-n VALUE` among the words from `begin` to `end`.
std::optional<std::string> option_value(const Words& words, size_t begin, size_t end, const std::string& name,
                                        const std::string& letter) {
  for (size_t i = begin; i < end; ++i) {
    if (words[i].starts_with(name + "=")) return words[i].substr(name.size() + 1);
    if ((words[i] == name || (!letter.empty() && words[i] == letter)) && i + 1 < end) return words[i + 1];
  }
  return std::nullopt;
}

// compose-spec: lower case letters, digits, '-' and '_'; the first character is a letter or digit.
std::string project_from_directory(const std::string& directory) {
  std::string name;
  for (const char c : base_name(directory)) {
    const auto lower = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const bool alphanumeric = std::isalnum(static_cast<unsigned char>(lower)) != 0;
    if (alphanumeric || (!name.empty() && (lower == '-' || lower == '_'))) name += lower;
  }
  return name;
}

std::string directory_of_project(const Words& words, size_t begin, size_t end, const std::string& directory) {
  if (const auto given = option_value(words, begin, end, "--project-directory", "")) return *given;
  const auto file = option_value(words, begin, end, "--file", "-f");
  const size_t slash = file ? file->find_last_of('/') : std::string::npos;
  return slash == std::string::npos ? directory : file->substr(0, slash);
}

void parse_compose(ClientCommand& parsed, const Words& words, size_t at, const std::string& directory,
                   const std::string& variable) {
  const size_t subcommand = skip_options(kComposeOptions, words, at);
  if (subcommand >= words.size()) return;
  const std::string& name = words[subcommand];
  if (name != "up" && name != "run" && name != "start" && name != "restart") return;
  parsed.kind = name == "restart" ? Kind::restart : Kind::compose;
  parsed.after_subcommand = subcommand + 1;
  const auto given = option_value(words, at, subcommand, "--project-name", "-p");
  parsed.project = given               ? *given
                   : !variable.empty() ? variable
                                       : project_from_directory(directory_of_project(words, at, subcommand, directory));
}

// Sets the flag if the option gives it: "--detach", "--detach=true", "-d", or the letter among others, "-itd".
void take_flag(const RunOption& option, const std::string& name, char letter, bool& flag) {
  const std::string& word = option.name;
  if (word == name) flag = is_switched_on(option);
  if (word.starts_with("--") || letter == '\0') return;
  const size_t end = std::min(word.find_first_not_of(kRunFlagLetters, 1), word.size());
  const size_t found = word.find(letter, 1);
  if (found >= end) return;
  const bool has_value = found + 1 == end && end < word.size() && word[end] == '=';
  flag = !has_value || !says_no(std::string_view(word).substr(end + 1));
}

// The last one counts.
void parse_run_options(ClientCommand& parsed, const Words& words, size_t at) {
  for (const RunOption& option : run_options(words, at)) {
    if (option.name == "--cidfile" && option.has_value) parsed.cidfile = option.value;
    take_flag(option, "--detach", 'd', parsed.detached);
    take_flag(option, "--rm", '\0', parsed.removes);
  }
}

void parse_subcommand(ClientCommand& parsed, const Words& words, size_t at) {
  const std::string& name = words[at];
  parsed.after_subcommand = at + 1;
  if (name == "run") {
    parsed.kind = Kind::run;
    parse_run_options(parsed, words, at + 1);
  } else if (name == "start") {
    parsed.kind = Kind::start;
    parsed.names = words_from(words, skip_options(kStartOptions, words, at + 1));
  } else if (name == "restart") {
    parsed.kind = Kind::restart;
    parsed.names = words_from(words, skip_options(kRestartOptions, words, at + 1));
  } else if (name == "exec") {
    parsed.kind = Kind::exec;
    const size_t container = skip_options(kExecOptions, words, at + 1);
    if (container < words.size()) parsed.names.push_back(words[container]);
  }
}

}  // namespace

ClientCommand parse_client_command(const Words& command, const std::string& directory,
                                   const std::string& project_variable) {
  ClientCommand parsed;
  if (command.empty()) return parsed;
  const std::string program = base_name(command.front());
  for (const Engine& engine : engines()) {
    if (!engine.compose.empty() && program == engine.compose) {
      parsed.engine = &engine;
      parsed.client = {std::string(engine.client)};
      parse_compose(parsed, command, 1, directory, project_variable);
    }
    if (program != engine.client) continue;
    parsed.engine = &engine;
    size_t at = skip_options(kClientOptions, command, 1);
    parsed.client.assign(command.begin(), command.begin() + static_cast<std::ptrdiff_t>(at));
    if (at < command.size() && command[at] == "container") ++at;
    if (at >= command.size()) break;
    if (command[at] == "compose")
      parse_compose(parsed, command, at + 1, directory, project_variable);
    else
      parse_subcommand(parsed, command, at);
  }
  return parsed;
}

}  // namespace profilegen

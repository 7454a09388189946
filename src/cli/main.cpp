// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <vector>

#include "common/command_line.h"
#include "profilegen/process/own_rights.h"

namespace profilegen::cli {

namespace {

std::string overview(const std::vector<Subcommand>& commands) {
  std::string text = fmt::format("{}\n\n", kPurpose);
  for (const auto& one : commands) {
    if (!one.example.empty()) text += fmt::format("  {:<8}{}\n          {}\n\n", one.name, one.help, one.example);
  }
  return text + "All commands: profilegen --help. Options of one: profilegen COMMAND --help\n";
}

int refuse(const Parsed& parsed) {
  const std::string object = parsed.command != nullptr ? parsed.command->name : "";
  const std::string name = parsed.command != nullptr ? "profilegen " + object : "profilegen";
  return fail({object, *parsed.wrong, "see " + name + " --help"},
              parsed.command != nullptr ? parsed.command->command.usage_error : kUsageError);
}

int run(int argc, char** argv) {
  const std::vector<Subcommand> commands = subcommands();
  Console console;
  const Parsed parsed = parse_command_line(commands, console, argc, argv);
  if (parsed.answer) return print_and_exit(*parsed.answer);
  if (parsed.wrong) return refuse(parsed);
  if (parsed.command == nullptr) return print_and_exit(overview(commands));
  if (!parsed.command->command.records) give_up_rights();
  return parsed.command->command.run(console);
}

}  // namespace

}  // namespace profilegen::cli

int main(int argc, char** argv) {
  profilegen::lower_rights();
  return profilegen::cli::run(argc, argv);
}

// SPDX-License-Identifier: Apache-2.0
#include "common/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>

namespace profilegen::cli {

namespace {

constexpr const char* kVersion = "profilegen " PROFILEGEN_VERSION;

CLI::Option* bind(CLI::App& app, const Option& option) {
  const auto take = [&](auto* into) -> CLI::Option* {
    if constexpr (std::is_same_v<decltype(into), bool*>) return app.add_flag(option.name, *into, option.text);
    return app.add_option(option.name, *into, option.text);
  };
  if (!option.bare_value.empty()) {
    const std::string name = option.name + "{" + option.bare_value + "}";
    return app.add_flag(name, *std::get<std::string*>(option.into), option.text);
  }
  return std::visit(
      [&](auto into) -> CLI::Option* {
        if constexpr (std::is_same_v<decltype(into), std::monostate>)
          return app.add_flag(option.name, option.text);
        else
          return take(into);
      },
      option.into);
}

void add_option(CLI::App& app, const Option& option) {
  CLI::Option& added = *bind(app, option);
  if (!option.value.empty()) added.type_name(option.value);
  if (option.required) added.required();
  if (!option.choices.empty()) added.check(CLI::IsMember(option.choices));
  if (option.range) added.check(CLI::Range(option.range->first, option.range->second));
  if (option.check) added.check(option.check);
  if (option.delimiter != '\0') added.delimiter(option.delimiter);
  if (option.one_at_a_time) added.allow_extra_args(false);
  if (option.hidden) added.group("");
  if (option.show_default) added.capture_default_str();
}

void add_subcommand(CLI::App& app, const Subcommand& subcommand, Console& console) {
  CLI::App& sub = *app.add_subcommand(subcommand.name, subcommand.help);
  const Option version = version_option();
  sub.set_version_flag(version.name, kVersion, version.text);
  for (const Option& option : console_options(console)) add_option(sub, option);
  for (const Option& option : subcommand.command.options) add_option(sub, option);
  sub.footer(subcommand.command.footer);
}

/// nullptr when no subcommand was given.
const Subcommand* given(const CLI::App& app, const std::vector<Subcommand>& commands) {
  const auto is_given = [&](const Subcommand& one) { return app.get_subcommand(one.name)->parsed(); };
  const auto found = std::ranges::find_if(commands, is_given);
  return found == commands.end() ? nullptr : &*found;
}

/// CLI11 throws for --help and --version too.
Parsed answer(const CLI::App& app, const Subcommand* command, const CLI::ParseError& reason) {
  if (dynamic_cast<const CLI::CallForVersion*>(&reason) != nullptr) return {command, std::string(kVersion) + "\n", {}};
  if (dynamic_cast<const CLI::CallForHelp*>(&reason) == nullptr) return {command, {}, reason.what()};
  return {command, command != nullptr ? app.get_subcommand(command->name)->help("profilegen") : app.help(), {}};
}

void take_verbatim(const Command& command, int argc, char** argv) {
  const auto end = argv + argc;
  const auto dashes = std::find(argv, end, std::string_view("--"));
  if (command.verbatim != nullptr && dashes != end) command.verbatim->assign(dashes + 1, end);
}

}  // namespace

Parsed parse_command_line(const std::vector<Subcommand>& commands, Console& console, int argc, char** argv) {
  CLI::App app(kPurpose, "profilegen");
  const Option version = version_option();
  app.set_version_flag(version.name, kVersion, version.text);
  app.require_subcommand(0, 1);
  for (const Subcommand& command : commands) add_subcommand(app, command, console);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& reason) {
    return answer(app, given(app, commands), reason);
  }
  const Subcommand* command = given(app, commands);
  if (command != nullptr) take_verbatim(command->command, argc, argv);
  return {command, {}, {}};
}

}  // namespace profilegen::cli

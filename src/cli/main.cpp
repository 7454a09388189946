// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "common/subcommand.h"

namespace profilegen::cli {

namespace {

constexpr const char* kVersion = "profilegen " PROFILEGEN_VERSION;
constexpr const char* kPurpose =
    "Records what a container does and writes the tightest policy that still lets it work.";

struct Row {
  const char* name;
  const char* help;
  std::string_view example;
  Command (*add)(CLI::App&);
};
constexpr Row kRows[] = {
#define SUBCOMMAND(name, help, example) {#name, help, example, add_##name},
#include "subcommands.def"
#undef SUBCOMMAND
};

struct Registered {
  CLI::App* app;
  Command command;
};

std::string overview() {
  std::string text = fmt::format("{}\n\n", kPurpose);
  for (const auto& row : kRows) {
    if (!row.example.empty()) text += fmt::format("  {:<8}{}\n          {}\n\n", row.name, row.help, row.example);
  }
  return text + "All commands: profilegen --help. Options of one: profilegen COMMAND --help\n";
}

void add_common(CLI::App& app, Console& console) {
  app.set_version_flag("--version", kVersion, "Print the version and exit");
  app.add_flag("-q,--quiet", console.quiet, "Say nothing but results and errors");
  app.add_flag("-v,--verbose", console.verbose, "Also say what is done");
}

std::vector<Registered> add_subcommands(CLI::App& app, Console& console) {
  std::vector<Registered> registered;
  for (const auto& row : kRows) {
    CLI::App* sub = app.add_subcommand(row.name, row.help);
    add_common(*sub, console);
    registered.push_back({sub, row.add(*sub)});
  }
  return registered;
}

/// nullptr when no subcommand was given.
const Registered* given(const std::vector<Registered>& registered) {
  for (const auto& entry : registered) {
    if (entry.app->parsed()) return &entry;
  }
  return nullptr;
}

void take_verbatim(const Command& command, int argc, char** argv) {
  const auto end = argv + argc;
  const auto dashes = std::find(argv, end, std::string_view("--"));
  if (command.verbatim != nullptr && dashes != end) command.verbatim->assign(dashes + 1, end);
}

/// CLI11 throws for --help and --version too.
int answer(const CLI::App& app, const Registered* entry, const CLI::ParseError& reason) {
  const CLI::App& asked = entry != nullptr ? *entry->app : app;
  if (dynamic_cast<const CLI::CallForHelp*>(&reason) != nullptr)
    return print_and_exit(asked.help(entry != nullptr ? "profilegen" : ""));
  if (dynamic_cast<const CLI::CallForVersion*>(&reason) != nullptr)
    return print_and_exit(fmt::format("{}\n", kVersion));
  const std::string object = entry != nullptr ? asked.get_name() : "";
  const std::string name = entry != nullptr ? "profilegen " + object : "profilegen";
  return fail({object, reason.what(), "see " + name + " --help"},
              entry != nullptr ? entry->command.usage_error : kUsageError);
}

int run(int argc, char** argv) {
  CLI::App app(kPurpose, "profilegen");
  app.set_version_flag("--version", kVersion, "Print the version and exit");
  app.require_subcommand(0, 1);
  Console console;
  const std::vector<Registered> registered = add_subcommands(app, console);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& reason) {
    return answer(app, given(registered), reason);
  }
  const Registered* entry = given(registered);
  if (entry == nullptr) return print_and_exit(overview());
  take_verbatim(entry->command, argc, argv);
  return entry->command.run(console);
}

}  // namespace

}  // namespace profilegen::cli

int main(int argc, char** argv) { return profilegen::cli::run(argc, argv); }

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "common/subcommand.h"
#include "docs/shells.h"

namespace profilegen::cli {

namespace {

struct Shell {
  std::string_view name;
  std::string_view place;
  std::string (*completion)(const std::vector<docs::CommandDoc>&);
};
constexpr Shell kShells[] = {
#define SHELL(name, place) {#name, place, docs::completion_##name},
#include "docs/shells.def"
#undef SHELL
};

std::string footer() {
  std::string text = "It is printed; packages install it. Where shells look for it:\n";
  for (const Shell& shell : kShells) text += fmt::format("  {:<5} {}\n", shell.name, shell.place);
  return text + "\nExamples:\n  profilegen completion bash > profilegen\n  profilegen completion zsh > _profilegen\n";
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const Shell& shell : kShells) all.emplace_back(shell.name);
  return all;
}

}  // namespace

Command add_completion() {
  auto shell = std::make_shared<std::string>();
  return {
      .options = {{.name = "SHELL",
                   .into = shell.get(),
                   .text = "The shell that it is for",
                   .required = true,
                   .choices = names()}},
      .footer = footer(),
      .run =
          [shell](const Console&) {
            const auto* wanted = std::ranges::find(kShells, *shell, &Shell::name);
            return print_and_exit(wanted->completion(docs::commands_of(subcommands())));
          },
  };
}

}  // namespace profilegen::cli

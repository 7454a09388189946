// SPDX-License-Identifier: Apache-2.0
#include "docs/manual.h"

#include <algorithm>
#include <map>
#include <memory>

#include "common/subcommand.h"
#include "profilegen_pages.h"

namespace profilegen::cli {

namespace {

/// The longer text of each page; empty where pages/ has none.
const std::map<std::string, std::string_view> kPages = {
#define SUBCOMMAND(name, help, example) {#name, data::page_##name},
#include "subcommands.def"
#undef SUBCOMMAND
};

int run(const std::string& name) {
  const auto all = docs::commands_of(subcommands());
  if (name.empty())
    return print_and_exit(docs::manual_of_all(kPurpose, all, data::page_profilegen, PROFILEGEN_VERSION));
  const auto command = std::ranges::find(all, name, &docs::CommandDoc::name);
  return print_and_exit(docs::manual_of(*command, all, kPages.at(name), PROFILEGEN_VERSION));
}

const std::vector<std::string> kNames = {
#define SUBCOMMAND(name, help, example) #name,
#include "subcommands.def"
#undef SUBCOMMAND
};

constexpr const char* kFooter =
    "It is printed as man(1) reads it, and made of the same as --help; packages install all of them.\n"
    "\nExamples:\n"
    "  profilegen manual record > profilegen-record.1\n"
    "  profilegen manual emit | man -l -\n";

}  // namespace

Command add_manual() {
  auto name = std::make_shared<std::string>();
  return {
      .options = {{.name = "NAME",
                   .into = name.get(),
                   .text = "The command; without it the page of profilegen itself",
                   .choices = kNames}},
      .footer = kFooter,
      .run = [name](const Console&) { return run(*name); },
  };
}

}  // namespace profilegen::cli

// SPDX-License-Identifier: Apache-2.0
#include "common/subcommand.h"

namespace profilegen::cli {

std::vector<Subcommand> subcommands() {
  return {
#define SUBCOMMAND(name, help, example) {#name, help, example, add_##name()},
#include "subcommands.def"
#undef SUBCOMMAND
  };
}

Option help_option() { return {.name = "-h,--help", .into = {}, .text = "Print this help message and exit"}; }

Option version_option() { return {.name = "--version", .into = {}, .text = "Print the version and exit"}; }

std::vector<Option> console_options(Console& console) {
  return {{.name = "-q,--quiet", .into = &console.quiet, .text = "Say nothing but results and errors"},
          {.name = "-v,--verbose", .into = &console.verbose, .text = "Also say what is done"}};
}

}  // namespace profilegen::cli

// SPDX-License-Identifier: Apache-2.0
#include "profilegen/explain.h"

#include <memory>

#include "common/gather.h"
#include "common/subcommand.h"

namespace profilegen::cli {

namespace {

constexpr int kNotFound = 1;

struct Options {
  std::string trace;
  std::string item;
};

int run(const Options& options, const Console& console) {
  const auto gathered = gather({options.trace});
  if (!gathered) return fail(gathered.error());
  if (!gathered->trace) return fail({options.trace, "is no trace", "a profile or filter has no evidence in it"});
  const Trace& trace = gathered->trace->value;
  if (options.item.empty()) return print_and_exit(explain_overview(trace, console.verbose));
  auto items = find_items(trace, options.item);
  if (items.empty())
    return fail(
        {options.item, "is not in the recording",
         "give a call, a capability, a path, a directory with / at its end, a socket such as 'inet stream', or a port"},
        kNotFound);
  return print_and_exit(explain_items(trace, console.verbose ? items : without_chains(std::move(items))));
}

constexpr const char* kFooter =
    "Without ITEM it shows what only few runs needed, what only the runtime or one program needs, what was denied,\n"
    "and how much was probably not seen. -v adds which functions of the kernel asked for a capability.\n"
    "Exit status: 0 done, 1 ITEM is not in the recording, 2 error.\n"
    "\nExamples:\n"
    "  profilegen explain profilegen-trace.json\n"
    "  profilegen explain profilegen-trace.json ptrace\n"
    "  profilegen explain traces/ CAP_NET_RAW\n"
    "  profilegen explain profilegen-trace.json /var/lib/app/\n";

}  // namespace

Command add_explain() {
  auto options = std::make_shared<Options>();
  return {
      .options = {{.name = "TRACE",
                   .into = &options->trace,
                   .text = "Trace, or a directory of them, which are merged; - is standard input",
                   .required = true},
                  {.name = "ITEM",
                   .into = &options->item,
                   .text = "Call, capability, path, pattern of either, kind of socket, or port"}},
      .footer = kFooter,
      .run = [options](const Console& console) { return run(*options, console); },
  };
}

}  // namespace profilegen::cli

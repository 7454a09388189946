// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "common/gather.h"
#include "common/subcommand.h"
#include "profilegen/atomic_file.h"

namespace profilegen::cli {

namespace {

struct Options {
  std::vector<std::string> inputs;
  std::string output;
};

/// The joined inputs as text: traces are evidence and profiles are policy, so only one kind at a time.
Result<std::string> join(const Gathered& gathered) {
  if (gathered.seccomp) return Error{gathered.seccomp->object, "is a seccomp filter, which cannot be merged"};
  if (gathered.trace && gathered.profile) {
    return Error{gathered.profile->object, "is a profile, but " + gathered.trace->object + " is a trace",
                 "merge one kind at a time; emit takes both"};
  }
  return gathered.trace ? format_trace(gathered.trace->value) : format_profile(gathered.profile->value);
}

int run(const Options& options, const Console& console) {
  const auto gathered = gather(options.inputs);
  if (!gathered) return fail(gathered.error());
  const auto text = join(gathered.value());
  if (!text) return fail(text.error());
  if (options.output == "-") return print_and_exit(text.value());
  if (Status written = write_file(options.output, text.value()); !written) return fail(written.error());
  console.detail("wrote " + options.output);
  return 0;
}

constexpr const char* kFooter =
    "Joining is commutative, associative and idempotent: any order, any number of times, the same bytes.\n"
    "\nExamples:\n"
    "  profilegen merge unit.json integration.json -o all.json\n"
    "  profilegen merge traces/ -o - | profilegen emit -\n";

}  // namespace

Command add_merge(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("INPUT", options->inputs, "Traces or directories of them, or else profiles; - is standard input")
      ->required();
  app.add_option("-o,--output", options->output, "File to write; - is standard output")->type_name("FILE")->required();
  app.footer(kFooter);
  return {[options](const Console& console) { return run(*options, console); }};
}

}  // namespace profilegen::cli

// SPDX-License-Identifier: Apache-2.0
#include "profilegen/report.h"

#include <memory>

#include "common/gather.h"
#include "common/sides.h"
#include "common/subcommand.h"
#include "profilegen/atomic_file.h"

namespace profilegen::cli {

namespace {

struct Options {
  std::vector<std::string> inputs;
  std::string output;
  std::string compare;
};

/// A profile has no evidence in it, and evidence is what a report is about.
Status check_kinds(const Gathered& gathered) {
  const Error wrong{"", "has no evidence in it", "give the recording that it was made of"};
  if (gathered.seccomp) return Error{gathered.seccomp->object, wrong.what, wrong.hint};
  if (gathered.profile)
    return Error{gathered.profile->object, wrong.what, wrong.hint + ", or compare with it: --compare"};
  return Done{};
}

std::string client_of(const Trace& trace) {
  const std::string& engine = trace.runs.begin()->second.subject.engine;
  return engine.empty() ? "docker" : engine;
}

Result<std::string> page_of(const Options& options) {
  const auto gathered = gather(options.inputs);
  if (!gathered) return gathered.error();
  if (Status evidence = check_kinds(*gathered); !evidence) return evidence.error();
  const auto& [object, trace] = *gathered->trace;
  const auto profile = profile_of(*gathered, {});
  if (!profile) return profile.error();
  const auto policy = policy_of(*profile, object);
  if (!policy) return policy.error();
  ReportInput input{trace, *policy, {}, client_of(trace)};
  if (!options.compare.empty()) {
    const auto other = load_side(options.compare);
    if (!other) return other.error();
    auto comparison = compare_sides(*other, {object, *profile, {}}, {});
    if (!comparison) return comparison.error();
    input.comparison = std::move(*comparison);
  }
  return html_report(input);
}

int run(const Options& options, const Console& console) {
  const auto page = page_of(options);
  if (!page) return fail(page.error());
  const IgnoreSigpipe guard;
  if (Status written = write_file(options.output, *page); !written) return fail(written.error());
  if (options.output != "-") console.note(options.output + ": open it in a browser");
  return 0;
}

constexpr const char* kFooter =
    "One file that needs no other and no network: what the policy allows beside Docker's default, whether enough was\n"
    "seen, each call and capability with its risk and its evidence, the tree of what was changed with its mounts, and\n"
    "what to do next. It names files and programs of the recording: treat it as you treat those.\n"
    "\nExamples:\n"
    "  profilegen report profilegen-trace.json -o report.html\n"
    "  profilegen report traces/ --compare policy/profile.json -o report.html\n";

}  // namespace

Command add_report() {
  auto options = std::make_shared<Options>();
  return {
      .options = {{.name = "TRACE",
                   .into = &options->inputs,
                   .text = "Traces or directories of them; - is standard input",
                   .required = true},
                  {.name = "-o,--output",
                   .into = &options->output,
                   .text = "File to write; - is standard output",
                   .value = "FILE",
                   .required = true},
                  {.name = "--compare",
                   .into = &options->compare,
                   .text =
                       "Also show this trace, profile, bundle or plain seccomp JSON and the new policy side by side",
                   .value = "OLD"}},
      .footer = kFooter,
      .run = [options](const Console& console) { return run(*options, console); },
  };
}

}  // namespace profilegen::cli

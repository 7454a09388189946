// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <functional>
#include <map>
#include <memory>

#include "common/counted.h"
#include "common/gather.h"
#include "common/subcommand.h"
#include "profilegen/atomic_file.h"

namespace profilegen::cli {

namespace {

struct Options {
  std::vector<std::string> inputs;
  std::string output;
};

/// Traces are evidence and profiles are policy, so only one kind at a time.
Status check_kinds(const Gathered& gathered) {
  if (gathered.seccomp) return Error{gathered.seccomp->object, "is a seccomp filter, which cannot be merged"};
  if (gathered.trace && gathered.profile) {
    return Error{gathered.profile->object, "is a profile, but " + gathered.trace->object + " is a trace",
                 "merge one kind at a time; emit takes both"};
  }
  return Done{};
}

/// Warns when the runs differ in `what`: a profile made of all of them is wider than one made of each alone.
void note_difference(const Trace& trace, const char* what, const std::function<std::string(const Run&)>& value,
                     const Console& console) {
  std::map<std::string, size_t> runs;
  for (const auto& [id, run] : trace.runs) ++runs[value(run)];
  if (runs.size() < 2) return;
  std::string list;
  for (const auto& [name, count] : runs)
    list +=
        fmt::format("{}{} ({})", list.empty() ? "" : ", ", name.empty() ? "none" : name, counted(count, "run", "runs"));
  console.note(fmt::format("warning: the runs have different {}: {}; a policy of all allows what any of them needed",
                           what, list));
}

void note_differences(const Trace& trace, const Console& console) {
  note_difference(
      trace, "architectures", [](const Run& run) { return std::string(arch_name(run.arch)); }, console);
  note_difference(
      trace, "kernels", [](const Run& run) { return run.kernel; }, console);
  // With the digest: an image that is built again keeps its name and gets another digest.
  note_difference(
      trace, "images",
      [](const Run& run) {
        const std::string digest = run.subject.image_digest.substr(0, run.subject.image_digest.find(':') + 13);
        return digest.empty() ? run.subject.image : run.subject.image + "@" + digest;
      },
      console);
}

Status write(const Gathered& gathered, const std::string& output) {
  const IgnoreSigpipe guard;
  if (gathered.trace) return save_trace(gathered.trace->value, output);
  return write_file(output, format_profile(gathered.profile->value));
}

int run(const Options& options, const Console& console) {
  const auto gathered = gather(options.inputs);
  if (!gathered) return fail(gathered.error());
  if (Status one_kind = check_kinds(*gathered); !one_kind) return fail(one_kind.error());
  if (gathered->trace) note_differences(gathered->trace->value, console);
  if (Status written = write(*gathered, options.output); !written) return fail(written.error());
  if (gathered->trace) console.detail(fmt::format("{} runs", gathered->trace->value.runs.size()));
  if (options.output != "-") console.detail("wrote " + options.output);
  return 0;
}

constexpr const char* kFooter =
    "Merging is commutative, associative and idempotent: any order, any number of times, gives the same bytes.\n"
    "\nExamples:\n"
    "  profilegen merge unit.json integration.json -o all.json\n"
    "  profilegen merge traces/ -o - | profilegen emit -\n";

}  // namespace

Command add_merge() {
  auto options = std::make_shared<Options>();
  return {
      .options = {{.name = "INPUT",
                   .into = &options->inputs,
                   .text = "Traces or directories of them, or else profiles; - is standard input",
                   .required = true},
                  {.name = "-o,--output",
                   .into = &options->output,
                   .text = "File to write; - is standard output",
                   .value = "FILE",
                   .required = true}},
      .footer = kFooter,
      .run = [options](const Console& console) { return run(*options, console); },
  };
}

}  // namespace profilegen::cli

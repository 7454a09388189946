// SPDX-License-Identifier: Apache-2.0
#include "profilegen/diff.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

#include "common/input.h"
#include "common/sides.h"
#include "common/subcommand.h"
#include "profilegen/input_file.h"

namespace profilegen::cli {

namespace {

constexpr int kFailingChange = 1;

struct Options {
  std::string before;
  std::string after;
  std::string format = "text";
  std::string fail_on = "added";
  std::string ignore;
  std::string engine;
  std::vector<std::string> bases;
};

Result<std::vector<Exemption>> exemptions_of(const Options& options) {
  if (options.ignore.empty()) return std::vector<Exemption>{};
  const auto text = read_input(options.ignore);
  if (!text) return text.error();
  return parse_exemptions(*text, input_name(options.ignore));
}

Result<std::vector<NamedFilter>> bases_of(const Options& options) {
  std::vector<NamedFilter> all;
  for (const std::string& path : options.bases) {
    auto filters = read_filters(path);
    if (!filters) return filters.error();
    all.insert(all.end(), filters->begin(), filters->end());
  }
  return all;
}

Result<DiffReport> compare_inputs(const Options& options, const FailOn& fail_on) {
  const auto exemptions = exemptions_of(options);
  if (!exemptions) return exemptions.error();
  const auto before = load_side(options.before);
  if (!before) return before.error();
  const auto after = load_side(options.after);
  if (!after) return after.error();
  const auto bases = bases_of(options);
  if (!bases) return bases.error();
  return compare_sides(*before, *after, {fail_on, *exemptions, input_name(options.ignore)}, {options.engine, *bases});
}

const DiffFormat& format_of(const Options& options) {
  return *std::ranges::find(diff_formats(), options.format, &DiffFormat::name);
}

int run(const Options& options, const Console& console) {
  if (options.before == "-" && options.after == "-") return fail({"standard input", "can be read only once"});
  const auto report = compare_inputs(options, *fail_on_from_text(options.fail_on));
  if (!report) return fail(report.error());
  for (const auto& note : report->notes) console.note(note);
  return print_and_exit(format_of(options).format(*report, colours_wanted(STDOUT_FILENO)),
                        report->failing() != 0 ? kFailingChange : 0);
}

std::string check_fail_on(const std::string& text) {
  return fail_on_from_text(text) ? ""
                                 : "must be added, removed, any, never, or risk>= with a level, such as risk>=high";
}

std::string footer() {
  std::string text = "Formats:\n";
  for (const DiffFormat& format : diff_formats()) text += fmt::format("  {:<9} {}\n", format.name, format.help);
  return text +
         "\nAn addition (+) widens the policy. Its risk is what an attacker who controls the program gains by it.\n"
         "A line of the --ignore file: KIND ITEM [until YYYY-MM-DD] because REASON. ITEM may have * and ?.\n"
         "Exit status: 0 no failing change, 1 failing change, 2 error.\n"
         "\nExamples:\n"
         "  profilegen diff policy/profile.json profilegen-trace.json\n"
         "  profilegen diff main/profilegen-out branch/profilegen-out --fail-on 'risk>=high' --ignore accepted.txt\n"
         "  profilegen diff docker-default.json profilegen-out/seccomp.json\n"
         "  profilegen diff policy/profile.json profilegen-trace.json --format markdown > comment.md\n";
}

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const DiffFormat& format : diff_formats()) names.emplace_back(format.name);
  return names;
}

}  // namespace

Command add_diff() {
  auto options = std::make_shared<Options>();
  return {
      .options =
          {{.name = "OLD",
            .into = &options->before,
            .text = "Trace, profile, bundle or plain seccomp JSON; - is standard input",
            .required = true},
           {.name = "NEW", .into = &options->after, .text = "The same; it is compared with OLD", .required = true},
           {.name = "--format",
            .into = &options->format,
            .text = "Output format",
            .show_default = true,
            .choices = format_names()},
           {.name = "--fail-on",
            .into = &options->fail_on,
            .text = "Changes that give exit status 1: added, removed, any, never, or risk>=LEVEL",
            .value = "WHAT",
            .show_default = true,
            .check = check_fail_on},
           {.name = "--ignore",
            .into = &options->ignore,
            .text = "File of accepted changes, with reasons and dates",
            .value = "FILE"},
           {.name = "--engine",
            .into = &options->engine,
            .text = "Read seccomp files as this engine does (default: that of a trace; else every key counts)",
            .value = "NAME",
            .choices = {"docker", "podman", "cri-o", "containerd", "nerdctl"}},
           {.name = "--base",
            .into = &options->bases,
            .text = "File with base profiles that a SeccompProfile names; repeatable",
            .value = "FILE",
            .one_at_a_time = true}},
      .footer = footer(),
      .run = [options](const Console& console) { return run(*options, console); },
  };
}

}  // namespace profilegen::cli

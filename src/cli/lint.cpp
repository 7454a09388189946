// SPDX-License-Identifier: Apache-2.0
#include "profilegen/lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "common/filter_input.h"
#include "common/subcommand.h"
#include "profilegen/floor.h"

namespace profilegen::cli {

namespace {

constexpr int kFound = 1;

struct Options {
  std::vector<std::string> files;
  std::string format = "text";
  std::vector<std::string> runtimes;
  bool no_new_privileges = false;
};

Result<LintReport> examine(const std::string& argument, const Options& options) {
  auto input = read_filter(argument);
  if (!input) return input.error();
  LintRequest request = request_of(*input);
  if (!options.runtimes.empty()) request.runtimes.clear();
  for (const std::string& runtime : options.runtimes) {
    if (const auto known = require_floor(runtime, "--runtime"); !known) return known.error();
    request.runtimes.insert(runtime_from_text(runtime));
  }
  if (options.no_new_privileges) request.no_new_privileges = true;
  auto findings = lint_filter(request);
  if (!findings) return findings.error();
  return LintReport{input->object, std::move(*findings)};
}

int run(const Options& options) {
  std::vector<LintReport> reports;
  for (const std::string& file : options.files) {
    auto report = examine(file, options);
    if (!report) return fail(report.error());
    reports.push_back(std::move(*report));
  }
  const auto* format = std::ranges::find(lint_formats(), options.format, &LintFormat::name).base();
  return print_and_exit(format->format(reports), count_faults(reports) != 0 ? kFound : 0);
}

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const LintFormat& format : lint_formats()) names.emplace_back(format.name);
  return names;
}

std::string footer() {
  std::string text =
      "lint runs nothing. It says what each measured container runtime does with the filter: refuses it, reads it\n"
      "differently, or starts no container under it, and which calls a libseccomp has no name for.\n"
      "A bundle or profile is judged for its own runtimes, and with no-new-privileges if its flags set that.\n"
      "Exit status: 0 nothing found, 1 an error or a warning was found, 2 a file can't be read.\n"
      "\nFormats:\n";
  for (const LintFormat& format : lint_formats()) text += fmt::format("  {:<9} {}\n", format.name, format.help);
  return text +
         "\nExamples:\n"
         "  profilegen lint seccomp.json\n"
         "  profilegen lint profilegen-out --runtime crun\n"
         "  profilegen lint filters/*.json --format sarif > lint.sarif\n";
}

}  // namespace

Command add_lint() {
  auto options = std::make_shared<Options>();
  return {
      .options = {{.name = "FILE",
                   .into = &options->files,
                   .text = "Plain seccomp JSON, a SeccompProfile, a profile or a bundle; - is standard input",
                   .required = true},
                  {.name = "--format",
                   .into = &options->format,
                   .text = "Output format",
                   .value = "NAME",
                   .show_default = true,
                   .choices = format_names()},
                  {.name = "--runtime",
                   .into = &options->runtimes,
                   .text = "Judge for these runtimes only: crun (all known versions) or 'runc>=1.1'; separate several "
                           "by commas",
                   .value = "NAMES",
                   .one_at_a_time = true,
                   .delimiter = ','},
                  {.name = "--no-new-privileges",
                   .into = &options->no_new_privileges,
                   .text = "Its containers have no-new-privileges"}},
      .footer = footer(),
      .run = [options](const Console&) { return run(*options); },
  };
}

}  // namespace profilegen::cli

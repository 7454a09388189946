// SPDX-License-Identifier: Apache-2.0
#include "profilegen/doctor.h"

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "common/filter_input.h"
#include "common/subcommand.h"
#include "profilegen/json_text.h"
#include "profilegen/process/own_rights.h"
#include "profilegen/terminal_text.h"

namespace profilegen::cli {

namespace {

constexpr int kCannotRecord = 1;
constexpr int kNoStart = 1;

struct Options {
  std::vector<std::string> filters;
  std::string format = "text";
};

std::string finding_text(const Finding& finding) {
  std::string text =
      fmt::format("  {:<8} {:<36} {}\n", health_name(finding.health), finding.name, terminal_text(finding.value));
  if (!finding.lost.empty()) text += fmt::format("{:11}lost: {}\n", "", finding.lost);
  if (!finding.remedy.empty()) text += fmt::format("{:11}to do: {}\n", "", finding.remedy);
  return text;
}

std::string verdict_text(const Diagnosis& diagnosis) {
  const Health reason = diagnosis.verdict == Verdict::no ? Health::missing : Health::limited;
  std::string names;
  for (const Finding& finding : diagnosis.findings)
    if (finding.health == reason) names += (names.empty() ? "" : ", ") + finding.name;
  switch (diagnosis.verdict) {
    case Verdict::yes:
      return "yes";
    case Verdict::yes_but:
      return "yes, but something is lost by: " + names;
    default:
      return "no, because of: " + names;
  }
}

std::string as_text(const Diagnosis& diagnosis) {
  std::string text;
  std::string section;
  for (const Finding& finding : diagnosis.findings) {
    if (finding.section != section) text += (section.empty() ? "" : "\n") + finding.section + "\n";
    section = finding.section;
    text += finding_text(finding);
  }
  return text + fmt::format("\ncan record: {}\nnext: {}\n", verdict_text(diagnosis), diagnosis.next);
}

std::string as_json(const Diagnosis& diagnosis) {
  nlohmann::ordered_json document;
  document["profilegen_doctor"] = 1;
  document["verdict"] = verdict_name(diagnosis.verdict);
  document["next"] = diagnosis.next;
  document["findings"] = nlohmann::ordered_json::array();
  for (const Finding& finding : diagnosis.findings)
    document["findings"].push_back({{"section", finding.section},
                                    {"name", finding.name},
                                    {"health", health_name(finding.health)},
                                    {"value", finding.value},
                                    {"lost", finding.lost},
                                    {"remedy", finding.remedy}});
  return plain_json(document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace)) + "\n";
}

/// The runtimes that were found on this machine.
std::set<Runtime> installed_runtimes(const Diagnosis& diagnosis) {
  std::set<Runtime> runtimes;
  for (const Finding& finding : diagnosis.findings)
    if (finding.section == "runtimes" && (finding.name == "runc" || finding.name == "crun") &&
        (finding.health == Health::ok || finding.health == Health::limited))
      runtimes.insert({finding.name, finding.value.substr(0, finding.value.find(',')), false});
  return runtimes;
}

/// Whether containers start under a filter here. What keeps them from starting first is told.
Result<Finding> filter_finding(const std::string& argument, const std::set<Runtime>& runtimes) {
  const auto input = read_filter(argument);
  if (!input) return input.error();
  LintRequest request = request_of(*input);
  request.runtimes = runtimes;
  const auto findings = lint_filter(request);
  if (!findings) return findings.error();
  const auto causes = causes_of_no_start(*findings);
  Finding finding{"filters", input->object, Health::ok, "the runtimes here start containers", "", ""};
  if (causes.empty()) return finding;
  finding.health = Health::limited;
  finding.lost = "containers that do not start under it";
  finding.remedy = causes.front().hint.empty() ? "see profilegen lint" : causes.front().hint;
  finding.value.clear();
  for (LintFinding cause : causes) {
    cause.hint.clear();
    finding.value += (finding.value.empty() ? "" : "; ") + finding_text(cause);
  }
  return finding;
}

/// With the rights that a recording has.
Diagnosis examine_this() {
  const RaisedRights raised;
  return examine(this_machine(), try_recording());
}

int run(const Options& options) {
  Diagnosis diagnosis = examine_this();
  const std::set<Runtime> runtimes = installed_runtimes(diagnosis);
  int status = diagnosis.verdict == Verdict::no ? kCannotRecord : 0;
  for (const std::string& filter : options.filters) {
    auto finding = filter_finding(filter, runtimes);
    if (!finding) return fail(finding.error());
    if (finding->health != Health::ok) status = kNoStart;
    if (finding->health != Health::ok && diagnosis.verdict == Verdict::yes) diagnosis.verdict = Verdict::yes_but;
    diagnosis.findings.push_back(std::move(*finding));
  }
  return print_and_exit(options.format == "json" ? as_json(diagnosis) : as_text(diagnosis), status);
}

constexpr const char* kFooter =
    "doctor loads the BPF programs of a recording for a moment, and looks at what else a recording needs. Without\n"
    "privileges it says what it could not find out. Health of each finding: ok; limited (recording works, but\n"
    "something is lost); missing (nothing can be recorded); absent (not there, but nothing is lost); unknown.\n"
    "With FILTER it also says whether this machine's runtimes start containers under that filter, and why not.\n"
    "The exit status is 0 when recording works and containers start, 1 when not, 2 when a FILTER can't be read.\n"
    "JSON: profilegen_doctor (version, 1), verdict (yes, yes-but, no), next (command), and findings with section, "
    "name,\n"
    "health, value, lost and remedy.\n"
    "\nExamples:\n"
    "  sudo profilegen doctor\n"
    "  profilegen doctor --format json\n"
    "  sudo profilegen doctor seccomp.json\n";

}  // namespace

Command add_doctor() {
  auto options = std::make_shared<Options>();
  return {
      .options = {{.name = "FILTER",
                   .into = &options->filters,
                   .text = "Seccomp filters, profiles or bundles under which containers shall start"},
                  {.name = "--format",
                   .into = &options->format,
                   .text = "Output format: text or json",
                   .value = "NAME",
                   .show_default = true,
                   .choices = {"text", "json"}}},
      .footer = kFooter,
      .run = [options](const Console&) { return run(*options); },
      .records = true,
  };
}

}  // namespace profilegen::cli

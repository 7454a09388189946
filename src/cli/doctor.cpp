// SPDX-License-Identifier: Apache-2.0
#include "profilegen/doctor.h"

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "common/subcommand.h"

namespace profilegen::cli {

namespace {

constexpr int kCannotRecord = 1;

struct Options {
  std::string format = "text";
};

std::string finding_text(const Finding& finding) {
  std::string text = fmt::format("  {:<8} {:<36} {}\n", health_name(finding.health), finding.name, finding.value);
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
  return document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

int run(const Options& options) {
  const Diagnosis diagnosis = examine(this_machine(), try_recording());
  const std::string text = options.format == "json" ? as_json(diagnosis) : as_text(diagnosis);
  return print_and_exit(text, diagnosis.verdict == Verdict::no ? kCannotRecord : 0);
}

constexpr const char* kFooter =
    "It loads what a recording needs for a moment, and looks around. Without privileges it says what it could not "
    "find\n"
    "out. Health of each thing: ok; limited (recording works, something is lost); missing (nothing can be recorded);\n"
    "absent (nothing is lost by it); unknown. The exit status is 0 when recording works, 1 when it does not.\n"
    "JSON: profilegen_doctor (version, 1), verdict (yes, yes-but, no), next (command), and findings with section, "
    "name,\n"
    "health, value, lost and remedy.\n"
    "\nExamples:\n"
    "  sudo profilegen doctor\n"
    "  profilegen doctor --format json\n";

}  // namespace

Command add_doctor() {
  auto options = std::make_shared<Options>();
  return {
      .options = {{.name = "--format",
                   .into = &options->format,
                   .text = "How to print it: text or json",
                   .value = "NAME",
                   .show_default = true,
                   .choices = {"text", "json"}}},
      .footer = kFooter,
      .run = [options](const Console&) { return run(*options); },
  };
}

}  // namespace profilegen::cli

// SPDX-License-Identifier: Apache-2.0
#include "profilegen/report.h"

#include <fmt/format.h>

#include <functional>
#include <set>
#include <vector>

#include "context.h"
#include "profilegen_data.h"
#include "support/html.h"

namespace profilegen {

namespace report {
namespace {

struct Section {
  std::string_view name;
  std::string_view title;
  std::string (*make)(const Context&);
};
constexpr Section kSections[] = {
#define SECTION(name, title) {#name, title, section_##name},
#include "sections.def"
#undef SECTION
};

/// What the runs have of a text that describes them, each once; `rest` stands for more than a person wants to read.
std::string joined(const Trace& trace, const std::function<std::string(const Subject&)>& text, std::string_view rest) {
  constexpr size_t most = 3;
  std::set<std::string> texts;
  for (const auto& [id, run] : trace.runs) texts.insert(text(run.subject));
  texts.erase("");
  return texts.size() > most ? fmt::format("{} {}", texts.size(), rest) : fmt::format("{}", fmt::join(texts, ", "));
}

std::string command_text(const Subject& subject) { return fmt::format("{}", fmt::join(subject.command, " ")); }

std::string title_text(const Trace& trace) { return joined(trace, subject_name, "containers"); }

/// Which image, and which command.
std::string header_text(const Trace& trace) {
  const std::string image = joined(
      trace, [](const Subject& subject) { return subject.image; }, "images");
  const std::string command = joined(trace, command_text, "commands");
  std::string text = image.empty() ? "" : "Image " + html_code(image);
  if (!command.empty()) text += (text.empty() ? "Command " : ", command ") + html_code(command);
  return text;
}

// The page's policy forbids every request, whatever ends up in the page.
constexpr std::string_view kHead = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>profilegen: {0}</title>
<style>
{1}</style>
</head>
<body>
<a class="skip" href="#main">To the report</a>
<header>
<h1>{0}</h1>
<p>{2}</p>
</header>
<main id="main">
)";

}  // namespace
}  // namespace report

std::string html_report(const ReportInput& input) {
  const report::Context context(input);
  std::string navigation;
  std::vector<std::string> sections;
  for (const auto& section : report::kSections) {
    const std::string html = section.make(context);
    if (html.empty()) continue;
    navigation += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", section.name, section.title);
    sections.push_back(fmt::format(
        "<section id=\"{0}\" aria-labelledby=\"{0}-title\">\n<h2 id=\"{0}-title\">{1}</h2>\n{2}</section>\n",
        section.name, section.title, html));
  }
  // The first section needs the screen, so the way to the others comes behind it.
  sections.insert(sections.begin() + 1, "<nav aria-label=\"Sections\"><ul>\n" + navigation + "</ul></nav>\n");
  return fmt::format(report::kHead, report::html_text(report::title_text(input.trace)), data::report_css,
                     report::header_text(input.trace)) +
         fmt::format("{}", fmt::join(sections, "")) + "</main>\n<script>\n" + std::string(data::report_js) +
         "</script>\n</body>\n</html>\n";
}

}  // namespace profilegen

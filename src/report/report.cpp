// SPDX-License-Identifier: Apache-2.0
#include "profilegen/report.h"

#include <fmt/format.h>

#include <set>

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

/// A few words about who was recorded.
std::string subject_text(const Trace& trace) {
  std::set<std::string> names;
  for (const auto& [id, run] : trace.runs) {
    const Subject& subject = run.subject;
    if (!subject.image.empty())
      names.insert(subject.image);
    else if (!subject.container_name.empty())
      names.insert(subject.container_name);
    else if (!subject.command.empty())
      names.insert(subject.command.front());
  }
  return fmt::format("{}", fmt::join(names, ", "));
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
<p>What it did while it was recorded, and the policy that comes of it.</p>
<nav aria-label="Sections"><ul>
{2}</ul></nav>
</header>
<main id="main">
)";

}  // namespace
}  // namespace report

std::string html_report(const ReportInput& input) {
  const report::Context context(input);
  std::string navigation;
  std::string body;
  for (const auto& section : report::kSections) {
    const std::string html = section.make(context);
    if (html.empty()) continue;
    navigation += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", section.name, section.title);
    body += fmt::format("<section id=\"{0}\" aria-labelledby=\"{0}-title\">\n<h2 id=\"{0}-title\">{1}</h2>\n",
                        section.name, section.title) +
            html + "</section>\n";
  }
  return fmt::format(report::kHead, report::html_text(report::subject_text(input.trace)), data::report_css,
                     navigation) +
         body + "</main>\n<script>\n" + std::string(data::report_js) + "</script>\n</body>\n</html>\n";
}

}  // namespace profilegen

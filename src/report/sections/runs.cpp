// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "context.h"
#include "support/html.h"

namespace profilegen::report {

namespace {

std::string runs_table(const Trace& trace) {
  std::vector<Row> rows;
  for (const auto& [id, run] : trace.runs) {
    const Subject& subject = run.subject;
    const std::string engine = subject.engine.empty() ? "process tree"
                                                      : subject.engine + " " + subject.engine_version + ", " +
                                                            subject.runtime + " " + subject.runtime_version;
    rows.push_back({{html_code(id)},
                    {html_text(subject.container_name)},
                    {html_text(subject.image)},
                    {html_code(fmt::format("{}", fmt::join(subject.command, " ")))},
                    {html_text(engine)},
                    {html_text(run.kernel)},
                    {fmt::format("{:.1f} s", static_cast<double>(run.duration) / 1e9), std::to_string(run.duration)}});
  }
  return html_table(
      "Recorded runs",
      {{"Run"}, {"Container"}, {"Image"}, {"Command"}, {"Engine and runtime"}, {"Kernel"}, {"Time", true}}, rows);
}

std::string facts(const Profile& profile) {
  if (!profile.container) return "";
  std::string html = "<dl>\n";
  const auto say = [&html](std::string_view what, const std::string& text) {
    html += fmt::format("<dt>{}</dt><dd>{}</dd>\n", what, html_text(text));
  };
  say("New privileges", profile.no_new_privileges ? "none: no set-id or file-capability program was executed"
                                                  : "possible: a set-id or file-capability program was executed");
  say("User", profile.as_root ? "root" : "not root");
  say("Runtime", runtimes_text(profile.runtimes));
  return html + "</dl>\n";
}

}  // namespace

std::string section_runs(const Context& context) {
  std::string html = facts(context.profile) + runs_table(context.input.trace);
  const std::vector<std::string> notes = all_notes(context.profile);
  if (notes.empty()) return html;
  html += "<h3>Notes</h3>\n<ul>\n";
  for (const std::string& note : notes) html += "<li>" + html_text(note) + "</li>\n";
  return html + "</ul>\n";
}

}  // namespace profilegen::report

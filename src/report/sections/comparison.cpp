// SPDX-License-Identifier: Apache-2.0
// Compares another policy with this one, side by side.
#include <fmt/format.h>

#include "context.h"
#include "support/html.h"

namespace profilegen::report {

namespace {

std::string side(bool allowed, const std::string& detail) {
  const std::string text = detail.empty() ? "" : " <small>" + html_text(detail) + "</small>";
  return allowed ? "<span class=\"yes\">allowed</span>" + text : "<span class=\"no\">refused</span>";
}

Row row_of(const Change& change) {
  Row row{{std::string(change_kind_name(change.kind))}, {html_code(change.item)}};
  if (!change.was.empty()) {
    row.push_back({html_text(change.was)});
    row.push_back({html_text(change.is)});
  } else if (change.direction == Direction::changed) {
    row.push_back({""});
    row.push_back({html_text(change.detail)});
  } else {
    const bool added = change.direction == Direction::added;
    row.push_back({side(!added, change.detail)});
    row.push_back({side(added, change.detail)});
  }
  row.push_back(change.direction == Direction::added ? risk_cell(&change) : Cell{"", "0"});
  row.push_back({change.direction == Direction::added ? html_text(change.opens) : ""});
  return row;
}

}  // namespace

std::string section_comparison(const Context& context) {
  if (!context.input.comparison) return "";
  const DiffReport& report = *context.input.comparison;
  std::string html = fmt::format("<dl><dt>Old: {}</dt><dd>{}</dd><dt>New: {}</dt><dd>{}</dd></dl>\n",
                                 html_text(report.before), html_text(score_text(report.old_score)),
                                 html_text(report.after), html_text(score_text(report.new_score)));
  for (const std::string& note : report.notes) html += "<p>" + html_text(note) + "</p>\n";
  if (report.changes.empty()) return html + "<p>Both allow the same.</p>\n";
  std::vector<Row> rows;
  for (const Change& change : report.changes) rows.push_back(row_of(change));
  return html + html_table("Differences", {{"Kind"}, {"Item"}, {"Old"}, {"New"}, {"Risk"}, {"What it opens"}}, rows);
}

}  // namespace profilegen::report

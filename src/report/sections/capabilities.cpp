// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "context.h"
#include "profilegen/explain.h"
#include "support/html.h"

namespace profilegen::report {

namespace {

/// What the check was about, one line each.
std::string objects_html(const Item& item) {
  std::string html;
  for (const std::string& object : item.objects) html += "<br>for " + html_text(object);
  return html;
}

}  // namespace

std::string section_capabilities(const Context& context) {
  std::string html = context.profile.capabilities.empty() ? "<p>None is needed.</p>\n" : "<ul>\n";
  for (const std::string& name : context.profile.capabilities) {
    const Change* permission = context.permission(ChangeKind::capability, name);
    html += fmt::format("<li>{} {} {}</li>\n", html_code("CAP_" + name), risk_cell(permission).html,
                        permission == nullptr ? "" : html_text(permission->opens));
  }
  if (!context.profile.capabilities.empty()) html += "</ul>\n";
  std::vector<Row> rows;
  for (const Item& item : without_chains(items_of(context.input.trace, ItemKind::capability))) {
    const bool needed = context.profile.capabilities.contains(item.name);
    rows.push_back({{html_code(item.name)},
                    {needed ? "yes" : "no"},
                    {html_text(item.detail) + objects_html(item)},
                    {std::to_string(item.count.value_or(0))},
                    first_cell(item.evidence.first),
                    runs_cell(item.evidence.runs.size(), context.input.trace.runs.size())});
  }
  if (rows.empty()) return html;
  return html + "<h3>What the kernel was asked for</h3>\n" +
         html_table("Checks for capabilities",
                    {{"Capability"},
                     {"Granted by the policy"},
                     {"What was checked"},
                     {"Times", true},
                     {"First", true},
                     {"Runs", true}},
                    rows);
}

}  // namespace profilegen::report

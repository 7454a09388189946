// SPDX-License-Identifier: Apache-2.0
#include "context.h"
#include "profilegen/explain.h"
#include "support/html.h"

namespace profilegen::report {

std::string section_network(const Context& context) {
  std::vector<Row> rows;
  for (const Item& item : items_of(context.input.trace, ItemKind::socket)) {
    rows.push_back({{html_code(item.name)},
                    {html_text(item.detail)},
                    first_cell(item.evidence.first),
                    runs_cell(item.evidence.runs.size(), context.input.trace.runs.size())});
  }
  if (rows.empty()) return "<p>No socket was made.</p>\n";
  return html_table("Kinds of sockets", {{"Family and type"}, {"How"}, {"First", true}, {"Runs", true}}, rows);
}

}  // namespace profilegen::report

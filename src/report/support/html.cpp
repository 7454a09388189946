// SPDX-License-Identifier: Apache-2.0
#include "support/html.h"

#include <fmt/format.h>

#include "profilegen/path_text.h"

namespace profilegen::report {

namespace {

std::string escaped_bytes(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) text += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
  return text;
}

std::string_view entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

/// "::" and "##" begin orders to a CI runner, if the page is printed into its log.
bool is_doubled(std::string_view before, std::string_view next) {
  return (next == ":" || next == "#") && before.ends_with(next);
}

std::string html_cell(const Column& column, bool is_heading, const Cell& cell) {
  const std::string key = cell.sort_by.empty() ? "" : fmt::format(" data-key=\"{}\"", html_text(cell.sort_by));
  if (is_heading) return fmt::format("<th scope=\"row\" role=\"rowheader\"{}>{}</th>", key, cell.html);
  // On narrow screens each row is a card, on which the column's title stands before the cell.
  return fmt::format("<td role=\"cell\" data-title=\"{}\"{}{}>{}</td>", column.title,
                     column.number ? " class=\"number\"" : "", key, cell.html);
}

}  // namespace

std::string html_text(std::string_view text) {
  // A backslash that was in the text stays single: this text is read by people and never decoded.
  std::string html;
  while (!text.empty()) {
    const TextCharacter next = first_character(text);
    const std::string_view bytes = text.substr(0, next.length);
    if (!next.shown)
      html += escaped_bytes(bytes);
    else if (is_doubled(html, bytes))
      html += fmt::format("&#{};", next.code);
    else if (const std::string_view replaced = entity(bytes[0]); !replaced.empty())
      html += replaced;
    else
      html += bytes;
    text.remove_prefix(next.length);
  }
  return html;
}

std::string html_code(std::string_view text) { return "<code>" + html_text(text) + "</code>"; }

std::string html_table(std::string_view caption, const std::vector<Column>& columns, const std::vector<Row>& rows) {
  std::string html = fmt::format(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\">\n<table role=\"table\">\n"
      "<caption>{0}</caption>\n<thead role=\"rowgroup\"><tr role=\"row\">",
      html_text(caption));
  for (const Column& column : columns)
    html += fmt::format("<th scope=\"col\" role=\"columnheader\"{}>{}</th>", column.number ? " class=\"number\"" : "",
                        column.title);
  html += "</tr></thead>\n<tbody role=\"rowgroup\">\n";
  for (const Row& row : rows) {
    html += "<tr role=\"row\">";
    for (size_t place = 0; place < row.size(); ++place) html += html_cell(columns[place], place == 0, row[place]);
    html += "</tr>\n";
  }
  return html + "</tbody></table></div>\n";
}

Cell risk_cell(const Change* permission) {
  if (permission == nullptr) return {"", "0"};
  const std::string_view name = risk_name(permission->risk);
  return {fmt::format("<span class=\"risk {}\">{}</span>", name, name),
          std::to_string(static_cast<int>(permission->risk) + 1)};
}

Cell first_cell(const First& first) {
  return {fmt::format("{:.3f} s by {}", static_cast<double>(first.ns) / 1e9, html_text(first.program)),
          std::to_string(first.ns)};
}

Cell runs_cell(size_t runs, size_t all) { return {fmt::format("{} of {}", runs, all), std::to_string(runs)}; }

std::string html_swatch(std::string_view style, std::string_view text) {
  return fmt::format("<span class=\"swatch {}\"></span> {} ", style, text);
}

std::string html_copied(std::string_view label, std::string_view text) {
  std::string lines;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    lines += html_text(text.substr(begin, end - begin)) + "\n";
    begin = end + 1;
  }
  return fmt::format("<pre class=\"copied\" tabindex=\"0\" aria-label=\"{}\">{}</pre>\n", html_text(label), lines);
}

}  // namespace profilegen::report

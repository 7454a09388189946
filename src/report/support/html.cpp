// SPDX-License-Identifier: Apache-2.0
#include "support/html.h"

#include <fmt/format.h>

#include "profilegen/path_text.h"

namespace profilegen::report {

namespace {

/// Control characters of Unicode's bidirectional algorithm can make "exe.png" look like "gnp.exe" (U+202A to U+202E,
/// U+2066 to U+2069).
bool turns_direction(std::string_view text) {
  if (text.size() < 3 || text[0] != '\xe2') return false;
  const auto second = static_cast<unsigned char>(text[1]);
  const auto third = static_cast<unsigned char>(text[2]);
  return (second == 0x80 && third >= 0xaa && third <= 0xae) || (second == 0x81 && third >= 0xa6 && third <= 0xa9);
}

bool is_control(std::string_view text) {
  const auto byte = static_cast<unsigned char>(text[0]);
  const bool second_set = byte == 0xc2 && text.size() > 1 && static_cast<unsigned char>(text[1]) < 0xa0;
  return byte < 0x20 || byte == 0x7f || second_set;
}

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
  const std::string valid = path_to_text(text);
  std::string html;
  for (size_t at = 0; at < valid.size();) {
    const std::string_view rest = std::string_view(valid).substr(at);
    size_t length = 1;
    if (turns_direction(rest)) {
      length = 3;
      html += escaped_bytes(rest.substr(0, length));
    } else if (is_control(rest)) {
      length = rest[0] == '\xc2' ? 2 : 1;
      html += escaped_bytes(rest.substr(0, length));
    } else if (rest.starts_with("\\\\")) {
      length = 2;
      html += '\\';
    } else if (const std::string_view replaced = entity(rest[0]); !replaced.empty()) {
      html += replaced;
    } else {
      html += rest[0];
    }
    at += length;
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

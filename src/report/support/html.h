// SPDX-License-Identifier: Apache-2.0
// The pieces of HTML that sections are made of. Only html_text() accepts text from outside; all other functions take
// markup.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "profilegen/diff.h"
#include "profilegen/trace.h"

namespace profilegen::report {

/// Escapes text, also for attributes: no markup, no character that is not shown (first_character()), no order to a CI
/// runner.
std::string html_text(std::string_view text);
/// "<code>…</code>" with the text escaped.
std::string html_code(std::string_view text);

/// One column of a table. `number`: sorted as a number.
struct Column {
  std::string_view title;
  bool number = false;
};
/// The markup of a cell, and its sort key where that is not its text.
struct Cell {
  std::string html;
  std::string sort_by{};
};
using Row = std::vector<Cell>;
/// The caption is for screen readers. The first cell of a row is its heading. Roles are written out, since a browser
/// takes them away from a table that the style sheet shows as cards.
std::string html_table(std::string_view caption, const std::vector<Column>& columns, const std::vector<Row>& rows);

/// "high", in its colour; sorted by severity.
Cell risk_cell(const Change* permission);
/// "0.846 s by app"; sorted by time.
Cell first_cell(const First& first);
/// "3 of 40".
Cell runs_cell(size_t runs, size_t all);

/// A colour of the style sheet, and what it stands for, for a legend. `text` is markup.
std::string html_swatch(std::string_view style, std::string_view text);

/// A text with a button that copies it.
std::string html_copied(std::string_view label, std::string_view text);

}  // namespace profilegen::report

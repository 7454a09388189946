// SPDX-License-Identifier: Apache-2.0
// The pieces of HTML that sections are made of. Only html_text() takes text from outside; all else is given markup.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "profilegen/diff.h"
#include "profilegen/trace.h"

namespace profilegen::report {

/// Text as text, in an attribute too: no markup, no control characters, none that turn the direction of writing.
std::string html_text(std::string_view text);
/// "<code>…</code>" of such a text.
std::string html_code(std::string_view text);

/// One column of a table. Numbers are sorted as such.
struct Column {
  std::string_view title;
  bool number = false;
};
/// A cell's markup, and what it is sorted by where that is something else than its text.
struct Cell {
  std::string html;
  std::string sort_by{};
};
using Row = std::vector<Cell>;
/// With a caption for those who can't see where it stands. The first cell of a row is its heading.
std::string html_table(std::string_view caption, const std::vector<Column>& columns, const std::vector<Row>& rows);

/// "high", in its colour; sorted by what it means.
Cell risk_cell(const Change* permission);
/// "0.846 s by app"; sorted by the time.
Cell first_cell(const First& first);
/// "3 of 40".
Cell runs_cell(size_t runs, size_t all);

/// A text that can be copied as a whole.
std::string html_copied(std::string_view label, std::string_view text);

}  // namespace profilegen::report

// SPDX-License-Identifier: Apache-2.0
// Lines for people: notes, reasons, what is incomplete.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace profilegen {

/// Sorted, each line once: the order in which evidence was found is not part of a profile.
void sort_lines(std::vector<std::string>& lines);

/// A path as one piece of one line of valid UTF-8: as path_to_text, and a control character becomes "\xHH" too, so that
/// nothing that an application called a file can begin a new line of an artifact.
std::string printable(std::string_view path);

}  // namespace profilegen

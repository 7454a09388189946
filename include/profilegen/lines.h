// SPDX-License-Identifier: Apache-2.0
// Lines for people: notes, reasons, and what is incomplete.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace profilegen {

/// Sorts and removes duplicates: the order in which evidence was found must not show in a profile.
void sort_lines(std::vector<std::string>& lines);

/// A path as a part of one line of valid UTF-8. As path_to_text(), but the bytes of characters that are not shown
/// (first_character()) become "\xHH", too: no name chosen by an application can begin a new line in an artifact.
std::string printable(std::string_view path);

/// "a", "a and b", "a, b and c".
std::string listed(const std::vector<std::string>& words);

}  // namespace profilegen

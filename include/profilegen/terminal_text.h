// SPDX-License-Identifier: Apache-2.0
// Paths and names are bytes chosen by programs. When shown to a person, they must neither control the terminal nor
// forge a line, nor be an order to the CI runner that copies them into its log.
#pragma once

#include <string>
#include <string_view>

namespace profilegen {

/// Replaces the bytes of each character that is not shown (first_character()) by "\xHH", four characters, and so the
/// second one of "::" and "##": GitHub's runner obeys "::command" and "##[command]", Azure's "##vso[command]", in the
/// lines of any output.
std::string terminal_text(std::string_view text);

/// Whether a runner could find the beginning of an order in it.
bool has_runner_order(std::string_view text);

/// The most characters of a text that fit into so many bytes; none of them is cut.
std::string_view cut_text(std::string_view text, size_t bytes);

}  // namespace profilegen

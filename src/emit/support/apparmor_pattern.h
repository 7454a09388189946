// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace profilegen {

/// A pattern of the profile between double quotes. It is an AppArmor pattern already; what would end the quotes or the
/// line, or is not shown (first_character()), or begins an order to a CI runner, becomes "\ooo" (octal), which
/// apparmor_parser decodes.
std::string quoted_pattern(std::string_view pattern);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// The texts of a profile that are not from a list of known words. A profile may have been edited by hand or by somebody
// else, so what no recording writes is refused when it is read.
#pragma once

#include <string>

#include "profilegen/json_reader.h"

namespace profilegen {

/// Text for people without control characters, which end lines and drive terminals.
std::string read_one_line(const JsonValue& value);

/// The path that a member is named by; nullopt after a mistake, which is reported at the member's value.
std::optional<std::string> read_path_key(const std::string& key, const JsonValue& value);

/// Whether it is an AppArmor pattern that can stand between double quotes: it has no control characters, and a
/// backslash before each quote and before something.
bool is_quotable_pattern(std::string_view pattern);

}  // namespace profilegen

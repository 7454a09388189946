// SPDX-License-Identifier: Apache-2.0
// Names of Linux capabilities (capabilities(7)).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace profilegen {

/// Name in capitals, without prefix ("NET_BIND_SERVICE"); "#NUMBER" for one that this version does not know.
std::string capability_name(uint32_t number);
/// Accepts names with or without CAP_, in upper or lower case, and "#NUMBER".
std::optional<uint32_t> capability_number(std::string_view name);

/// Whether programs often try what needs this capability and go on without it: to kill a whole process group, to change
/// the mode of a file that has it already, to read one directory more. A recording can't tell: the kernel granted it.
bool is_often_done_without(std::string_view name);

}  // namespace profilegen

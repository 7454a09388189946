// SPDX-License-Identifier: Apache-2.0
// "#NUMBER": how a system call or capability without a known name is written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace profilegen {

std::string number_label(uint32_t number);
/// nullopt unless the label is '#' and a 32-bit decimal number without leading zeros.
std::optional<uint32_t> number_from_label(std::string_view label);

}  // namespace profilegen

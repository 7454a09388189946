// SPDX-License-Identifier: Apache-2.0
// Names of Linux capabilities (capabilities(7)).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace profilegen {

/// Name without prefix, in capitals ("NET_BIND_SERVICE"); "#NUMBER" for one that this version has no name for.
std::string capability_name(uint32_t number);
/// Takes names with or without CAP_, in any case, and "#NUMBER".
std::optional<uint32_t> capability_number(std::string_view name);

}  // namespace profilegen

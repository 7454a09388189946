// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace profilegen {

/// AppArmor's word for an AF_* or SOCK_* number; empty when apparmor_parser has none.
std::string_view network_family_name(uint32_t family);
std::string_view socket_type_name(uint32_t type);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// AppArmor permission letters, always in the order "rwmkl" and then "ix".
#pragma once

#include <string>
#include <string_view>

namespace profilegen {

std::string join_permissions(std::string_view left, std::string_view right);
/// Whether the letters are valid: at least one, in order, each once, and i only before x.
bool are_permissions(std::string_view letters);

}  // namespace profilegen

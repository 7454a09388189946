// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <string>

namespace profilegen::cli {

/// "1 capability", "2 capabilities".
inline std::string counted(size_t number, const char* noun, const char* plural) {
  return fmt::format("{} {}", number, number == 1 ? noun : plural);
}

}  // namespace profilegen::cli

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace profilegen {

/// The text of a file in /proc or the like; "" when it can't be read, since the process it describes may have ended.
std::string read_small_file(const std::string& path);

}  // namespace profilegen

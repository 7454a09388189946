// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace profilegen {

/// The text of a file of /proc or the like; "" when it can't be read, since what it tells of may be gone.
std::string read_small_file(const std::string& path);

}  // namespace profilegen

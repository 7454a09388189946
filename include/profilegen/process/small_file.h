// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace profilegen {

/// The content of a file, for instance in /proc; "" if it can't be read, since the process may be gone.
std::string read_small_file(const std::string& path);

}  // namespace profilegen

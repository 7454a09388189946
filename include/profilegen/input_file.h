// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "profilegen/result.h"

namespace profilegen {

/// What errors call it: the path, or "standard input" for "-".
std::string input_name(const std::string& path);

/// The whole file; "-" is standard input. Fails for a directory and a file above 1 GiB.
Result<std::string> read_input(const std::string& path);

}  // namespace profilegen

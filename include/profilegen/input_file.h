// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "profilegen/result.h"

namespace profilegen {

/// How errors name an input: its path, or "standard input" for "-".
std::string input_name(const std::string& path);

/// Reads a whole file; "-" is standard input. Fails for a directory and for more than 1 GiB.
Result<std::string> read_input(const std::string& path);

}  // namespace profilegen

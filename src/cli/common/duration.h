// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "profilegen/result.h"

namespace profilegen::cli {

/// Parses a time such as "1h30m": whole numbers with h, m, s or ms, the largest unit first; a number alone means
/// seconds. Zero and more than 10 000 hours are errors. Errors name `option`.
Result<std::chrono::nanoseconds> parse_duration(const std::string& option, const std::string& text);

}  // namespace profilegen::cli

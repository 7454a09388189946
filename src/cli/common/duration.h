// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "profilegen/result.h"

namespace profilegen::cli {

/// "1h30m": whole numbers with h, m, s or ms, the longest first; a number alone is of seconds. Nothing is an Error that
/// names `option`, as is more than 10 000 hours.
Result<std::chrono::nanoseconds> parse_duration(const std::string& option, const std::string& text);

}  // namespace profilegen::cli

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "profilegen/unique_fd.h"

namespace profilegen::cli {

/// An order for no block.
inline constexpr std::string_view kNoBlock = "\n";

/// Writes what comes from the pseudo-terminal to the real one, and below it the block that `orders` tell, one a
/// message, until they end; then without a block until nobody has the pseudo-terminal open any more.
void run_writer(UniqueFd master, UniqueFd orders, int terminal);

}  // namespace profilegen::cli

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "profilegen/unique_fd.h"

namespace profilegen::cli {

/// The order to remove the block.
inline constexpr std::string_view kNoBlock = "\n";

/// Writes what comes from the pseudo-terminal to the real one. Shows below it the last block that came by `orders`, one
/// a message. After the end of `orders` goes on without a block, until nobody has the pseudo-terminal open.
void run_writer(UniqueFd master, UniqueFd orders, int terminal);

}  // namespace profilegen::cli

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "docs/model.h"

namespace profilegen::cli::docs {

/// profilegen-NAME(1), in man(7).
std::string manual_of(const CommandDoc& command, const std::vector<CommandDoc>& all, std::string_view version);
/// profilegen(1).
std::string manual_of_all(std::string_view purpose, const std::vector<CommandDoc>& all, std::string_view version);

}  // namespace profilegen::cli::docs

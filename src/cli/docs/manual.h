// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "docs/model.h"

namespace profilegen::cli::docs {

/// profilegen-NAME(1), in man(7). `more` is the text of pages/NAME.txt: what --help has no room for.
std::string manual_of(const CommandDoc& command, const std::vector<CommandDoc>& all, std::string_view more,
                      std::string_view version);
/// profilegen(1). `more` is pages/profilegen.txt.
std::string manual_of_all(std::string_view purpose, const std::vector<CommandDoc>& all, std::string_view more,
                          std::string_view version);

}  // namespace profilegen::cli::docs

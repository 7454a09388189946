// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "docs/model.h"

namespace profilegen::cli::docs {

#define SHELL(name, place) std::string completion_##name(const std::vector<CommandDoc>& commands);
#include "docs/shells.def"
#undef SHELL

}  // namespace profilegen::cli::docs

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "docs/model.h"

namespace profilegen::cli::docs {

#define SHELL(name, place) std::string completion_##name(const std::vector<CommandDoc>& commands);
#include "docs/shells.def"
#undef SHELL

/// The words with spaces between.
std::string joined(const std::vector<std::string>& words);
/// Within single quotes of a POSIX shell.
std::string shell_quoted(const std::string& text);

}  // namespace profilegen::cli::docs

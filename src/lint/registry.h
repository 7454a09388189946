// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "profilegen/lint.h"

namespace profilegen::lint {

#define LINT_FORMAT(name, help) std::string format_##name(const std::vector<LintReport>& reports);
#include "profilegen/lint_formats.def"
#undef LINT_FORMAT

}  // namespace profilegen::lint

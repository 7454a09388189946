// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "profilegen/diff.h"

namespace profilegen::diff {

#define DIFF_FORMAT(name, help) std::string format_##name(const DiffReport& report, bool colour);
#include "profilegen/diff_formats.def"
#undef DIFF_FORMAT

}  // namespace profilegen::diff

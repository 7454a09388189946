// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "seccomp_file.h"

namespace profilegen::seccomp {

/// Reports what a runtime refuses, or what runtimes read differently from each other or from what it looks like. What
/// other readers make of it does not matter when the reader is known.
void lint_file(const SeccompFile& file, Remarks& remarks, std::optional<FilterReader> reader = {});

}  // namespace profilegen::seccomp

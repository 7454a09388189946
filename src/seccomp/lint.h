// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "seccomp_file.h"

namespace profilegen::seccomp {

/// Adds the clauses of seccomp_remarks(). What other readers make of the file does not matter when the reader is known.
void lint_file(const SeccompFile& file, Remarks& remarks, std::optional<FilterReader> reader = {});

}  // namespace profilegen::seccomp

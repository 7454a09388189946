// SPDX-License-Identifier: Apache-2.0
// A recording's progress in words.
#pragma once

#include <string>
#include <vector>

#include "profilegen/recorder.h"

namespace profilegen::cli {

/// A few lines for a terminal, without line ends; what was lost is red where colours are wanted. A terminal cuts what
/// is too long for it.
std::vector<std::string> progress_block(const RecordProgress& progress, bool colour);

/// One line for a log.
std::string progress_line(const RecordProgress& progress);

}  // namespace profilegen::cli

// SPDX-License-Identifier: Apache-2.0
// Shows the progress of a recording as text.
#pragma once

#include <string>
#include <vector>

#include "profilegen/recorder.h"

namespace profilegen::cli {

/// A few lines for a terminal, without line breaks; with `colour`, losses are red. The terminal cuts lines that are too
/// long.
std::vector<std::string> progress_block(const RecordProgress& progress, bool colour);

/// One line for a log.
std::string progress_line(const RecordProgress& progress);

}  // namespace profilegen::cli

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "profilegen/atomic_file.h"
#include "profilegen/trace.h"

namespace profilegen {

/// The facts about files that a trace holds itself. The trace must outlive the result.
FileRows file_rows(const Trace& trace);

/// Writes the same text as format_trace(), row by row.
void write_trace(const Trace& trace, const FileRows& files, const TextSink& sink);

}  // namespace profilegen

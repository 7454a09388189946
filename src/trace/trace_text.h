// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "profilegen/atomic_file.h"
#include "profilegen/trace.h"

namespace profilegen {

/// The facts about files that a trace holds itself; the trace must outlive the result.
FileRows file_rows(const Trace& trace);

/// What format_trace() returns, row by row.
void write_trace(const Trace& trace, const FileRows& files, const TextSink& sink);

}  // namespace profilegen

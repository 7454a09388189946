// SPDX-License-Identifier: Apache-2.0
// Names that the application made up, so that they will be different in the next run.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "profilegen/trace.h"

namespace profilegen {

/// The name with the parts that look made up replaced by marks, or unchanged: "tmpx7f_q2ab" → "tmp*", "data.qX3b7Z" →
/// "data.*", "pid.4711" → "pid.[0-9]*", "Makefile" → "Makefile".
std::string vary_name(std::string_view name);

/// Path → name with marks, for paths whose name the application made up. Evidence for that: it created the path, and
/// this was in a directory for temporary files, or it removed the path again, or it created at least 4 names of the
/// same shape in one directory.
std::map<std::string, std::string> own_names(const Trace& trace);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// Names that the application made up itself, and that will be others in the next run.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "profilegen/trace.h"

namespace profilegen {

/// The name with what looks made up replaced by marks, or as it was: "tmpx7f_q2ab" → "tmp*", "data.qX3b7Z" → "data.*",
/// "pid.4711" → "pid.[0-9]*", "Makefile" → "Makefile".
std::string vary_name(std::string_view name);

/// Path → name with marks, for the paths whose name is the application's own. The evidence that it is: the application
/// created it, and either in a directory for temporary files, or it took it away again, or it created at least 4 of the
/// same shape in one directory.
std::map<std::string, std::string> own_names(const Trace& trace);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// The writes that a read-only root file system would refuse.
#pragma once

#include <map>
#include <set>
#include <string>

#include "profilegen/profile.h"
#include "profilegen/trace.h"

namespace profilegen {

struct Writes {
  std::set<FileOp> ops;
  bool directory = false;
};

/// Whether the path was on the root file system in at least one of these runs.
bool on_root_in_some_run(const Trace& trace, const std::string& path, const RunSet& runs);
bool is_in_a_hole(const std::string& path, const Profile& profile);
/// Path → what was done to it, for every path that was on the root file system in at least one run. Python's compiled
/// modules are left out: where they can't be written, nothing fails.
std::map<std::string, Writes> writes_on_root(const Trace& trace);
/// The directories in which those were written.
std::set<std::string> bytecode_directories(const Trace& trace);
/// The directory that must be writable for this operation.
std::string place_to_open(const std::string& path, FileOp op, bool directory);
/// "create /var/lib/app/db (+3 more)": the first write in the order of paths, and the number of further paths.
std::string describe_writes(const std::map<std::string, Writes>& writes);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// The writes that a read-only root file system would refuse.
#pragma once

#include <map>
#include <set>
#include <string>

#include "profilegen/trace.h"

namespace profilegen {

struct Writes {
  std::set<FileOp> ops;
  bool directory = false;
};

/// Path → what was done to it, for every path that lay on the root in at least one run.
std::map<std::string, Writes> writes_on_root(const Trace& trace);
/// The directory that must be writable for this operation.
std::string place_to_open(const std::string& path, FileOp op, bool directory);
/// "create /var/lib/app/db (+3 more)": the first in path order, and how many paths there are besides.
std::string describe_writes(const std::map<std::string, Writes>& writes);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// What a capability was used for in calls that name files.
#pragma once

#include <vector>

#include "objects/accounts.h"
#include "objects/asked_call.h"
#include "profilegen/trace.h"

namespace profilegen {

/// A file that the call names, and what the call does to it.
struct AskedFile {
  Way way;
  FileOp op = FileOp::READ;
  bool by_descriptor = false;  ///< the call has a descriptor of it: its permissions were asked for when it was opened
};

/// For capabilities that override permissions: the directories and files that the thread could not pass without them,
/// in the order in which the kernel asks.
std::vector<Closed> closed_on_way(const AskedCall& call, const AskedFile& file, const LookAt& look);
CapabilityObject object_of_closed(const Closed& closed, Accounts& accounts);

/// For all other capabilities: the file itself.
CapabilityObject object_of_file(const AskedCall& call, const AskedFile& file, const LookAt& look, Accounts& accounts);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// What was refused to a container while it ran, beyond what its trace keeps.
#pragma once

#include <vector>

#include "profilegen/trace.h"

namespace profilegen {

/// With which of its recorded arguments (argument_calls.def) a call was denied.
struct DeniedArguments {
  DeniedKey call;
  ArgumentValues values;
  First first;
};

struct Refusals {
  /// Refused by a mount, and by nothing else. A change: the mount is read-only (EROFS). An allocation: it is full. EXEC
  /// and MAP_EXEC: it is without execution (noexec). An open is listed as a write. EXEC_SETID: no mount refused it, but
  /// no-new-privileges kept from a program what its file would have given. Valid as long as any copy exists.
  FileRows files = [](const FileRow&) {};
  /// Changes on a read-only mount that permissions, or a file that is not there, would have refused without it.
  FileRows barred = [](const FileRow&) {};
  /// Each with its own arguments; of a call of which there are none here they are not known.
  std::vector<DeniedArguments> arguments{};
  /// Denied, and would have been if the container had the capability: the thread is not root, or has given up some.
  std::map<CapabilityKey, CapabilityFact> given_up{};
};

}  // namespace profilegen

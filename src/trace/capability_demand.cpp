// SPDX-License-Identifier: Apache-2.0
#include "profilegen/capability_demand.h"

namespace profilegen {

// A check has a call site within the kernel, which is not a path.
bool is_refused_demand(const CapabilityKey& key) {
  if (key.verdict != CapVerdict::denied || key.syscall == kNoSyscall) return false;
  const std::string call = syscall_label(key.arch, key.syscall);
  return key.call_site.starts_with('/') || (key.call_site.empty() && (call == "capset" || call == "prctl"));
}

bool is_demand(const CapabilityKey& key) {
  return key.verdict == CapVerdict::kept || key.verdict == CapVerdict::file || is_refused_demand(key);
}

}  // namespace profilegen

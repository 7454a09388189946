// SPDX-License-Identifier: Apache-2.0
// podman's --tmpfs has no uid and gid options (4.3: "unknown mount option"). Its --read-only by itself leaves /run,
// /tmp, /var/tmp and /dev/shm writable, whether needed or not.
#include "support/engine_flags.h"
#include "support/hole_flags.h"
#include "support/network_rules.h"
#include "support/registry.h"

namespace profilegen {

namespace {

// A value with a blank can't be given in a list of flags; network_notes() tells it.
std::string sysctl_flags(const Profile& profile) {
  std::string text;
  for (const auto& [name, value] : network_sysctls(profile))
    if (value.find(' ') == std::string::npos) text += "--sysctl=" + name + "=" + value + "\n";
  return text;
}

}  // namespace

Result<std::string> emit_podman(const EmitInput& input) {
  auto flags = engine_flags(input, {"podman.flags", "--read-only\n--read-only-tmpfs=false\n", ownerless_tmpfs_options});
  if (!flags) return flags;
  return *flags + sysctl_flags(input.profile);
}

}  // namespace profilegen

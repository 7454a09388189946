// SPDX-License-Identifier: Apache-2.0
// podman's --tmpfs takes no uid and gid (4.3: "unknown mount option"), and its --read-only leaves /run, /tmp, /var/tmp
// and /dev/shm writable by itself, whether they are needed or not.
#include "support/engine_flags.h"
#include "support/hole_flags.h"
#include "support/registry.h"

namespace profilegen {

Result<std::string> emit_podman(const EmitInput& input) {
  return engine_flags(input, {"podman.flags", "--read-only\n--read-only-tmpfs=false\n", ownerless_tmpfs_options});
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// podman's --tmpfs has no uid and gid options (4.3: "unknown mount option"). Its --read-only by itself leaves /run,
// /tmp, /var/tmp and /dev/shm writable, whether needed or not.
#include "support/engine_flags.h"
#include "support/hole_flags.h"
#include "support/registry.h"

namespace profilegen {

Result<std::string> emit_podman(const EmitInput& input) {
  return engine_flags(input, {"podman.flags", "--read-only\n--read-only-tmpfs=false\n", ownerless_tmpfs_options});
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// What the bundle adds to the user's own `docker run`. It never repeats that command's mounts, ports or environment:
// Docker refuses a repeated -v.
#include "support/engine_flags.h"
#include "support/hole_flags.h"
#include "support/registry.h"

namespace profilegen {

Result<std::string> emit_docker(const EmitInput& input) {
  return engine_flags(input, {"docker.flags", "--read-only\n", tmpfs_options});
}

}  // namespace profilegen

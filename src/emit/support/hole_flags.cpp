// SPDX-License-Identifier: Apache-2.0
#include "support/hole_flags.h"

#include <fmt/format.h>

namespace profilegen {

std::string hole_flag(const std::string& path, const Hole& hole) {
  if (hole.kind == HoleKind::volume) return "--volume=" + path;
  return fmt::format("--tmpfs={}:rw,nosuid,nodev,{},mode={:04o},uid={},gid={}", path, hole.exec ? "exec" : "noexec",
                     hole.mode, hole.uid, hole.gid);
}

}  // namespace profilegen

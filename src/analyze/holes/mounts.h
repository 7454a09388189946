// SPDX-License-Identifier: Apache-2.0
// Which mount a path lies on in one run.
#pragma once

#include "profilegen/trace.h"

namespace profilegen {

/// The longest mount point at or above `path`; nullptr when the run's table has none.
const Mount* mount_of(const Run& run, std::string_view path);
/// Whether the user's own command made the mount. false for the engine's mounts and the image's root.
bool is_user_mount(const Mount& mount);
/// Whether a write to `path` needs a hole in a read-only root. In a process tree: everywhere but in /dev, /proc and
/// /sys.
bool lies_on_root(const Run& run, std::string_view path);

}  // namespace profilegen

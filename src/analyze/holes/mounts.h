// SPDX-License-Identifier: Apache-2.0
// What a path lies on, in one run.
#pragma once

#include "profilegen/trace.h"

namespace profilegen {

/// The longest mount point that holds `path`; nullptr when the run's table has none.
const Mount* mount_of(const Run& run, std::string_view path);
/// Mounted by the user's own command, rather than by the engine or as the image's root.
bool is_user_mount(const Mount& mount);
/// A write to `path` needs a hole in a read-only root. In a process tree that is any place but the kernel's own.
bool lies_on_root(const Run& run, std::string_view path);

}  // namespace profilegen

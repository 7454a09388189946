// SPDX-License-Identifier: Apache-2.0
// From what the kernel part tells of a file to its path in the container's own view.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "containers/target.h"

namespace profilegen {

/// PG_EVENT_MOUNTS: the thread's mount namespace is kept as it is now, so that names in it can be resolved when the
/// thread is gone.
void keep_mounts(Target& target, const pg_file_event& event);

/// The same in its turn: names that come now may mean other files.
void take_mounts(Target& target, const pg_file_event& event);

/// PG_EVENT_ROOT: where a chroot lies.
void take_root(Target& target, const pg_file_event& event, std::string_view base);

/// PG_EVENT_FILE: nullopt when the file lies on a file system that the container has not mounted at its start.
std::optional<std::string> event_path(Target& target, const pg_file_event& event, std::string_view base,
                                      std::string_view tail);

}  // namespace profilegen

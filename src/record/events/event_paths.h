// SPDX-License-Identifier: Apache-2.0
// Turns the kernel part's description of a file into a path as the container sees it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "containers/live_run.h"
#include "objects/access_walk.h"

namespace profilegen {

/// PG_EVENT_MOUNTS, at once: keeps the current state of the thread's mount namespace, so that names can still be
/// resolved when the thread is gone.
void keep_mounts(LiveRun& live, const pg_file_event& event);

/// PG_EVENT_MOUNTS, in its turn: forgets the resolved names, since the same name may now mean another file.
void take_mounts(LiveRun& live, const pg_file_event& event);

/// PG_EVENT_ROOT: remembers the directory of a chroot.
void take_root(LiveRun& live, const pg_file_event& event, std::string_view base);

/// PG_EVENT_FILE: nullopt if the file is on a file system that was not mounted when the container started.
std::optional<std::string> event_path(LiveRun& live, const pg_file_event& event, std::string_view base,
                                      std::string_view tail);

/// The way on which the thread came to that file, for the mounts of the container's start; else its path alone.
std::optional<Way> event_way(LiveRun& live, const pg_file_event& event, std::string_view base, std::string_view tail);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// Paths that root used during the recording and that another user could not have used.
#pragma once

#include <initializer_list>
#include <vector>

#include "files/file_facts.h"
#include "paths/path_resolver.h"
#include "profilegen/trace.h"

namespace profilegen {

/// Sorted. Looks at the current permissions in the container. Leaves out what the container made itself, and what the
/// engine mounts. A directory in which entries were made or removed counts only on the user's mounts: on the image's
/// file system the writable hole decides who may write (Hole::uid).
std::vector<RestrictedPath> restricted_paths(std::initializer_list<const FileFacts*> facts,
                                             const std::vector<Mount>& mounts, const PathResolver& container);

}  // namespace profilegen

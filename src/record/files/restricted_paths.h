// SPDX-License-Identifier: Apache-2.0
// What root used that another user could not have.
#pragma once

#include <initializer_list>
#include <vector>

#include "files/file_facts.h"
#include "paths/path_resolver.h"
#include "profilegen/trace.h"

namespace profilegen {

/// Sorted. What the container has at the paths now is looked at, but for what it made itself, and what the engine
/// mounts. Where entries were made or removed, the directory counts on mounts of the user's only: on the image a hole
/// says who may write (Hole::uid).
std::vector<RestrictedPath> restricted_paths(std::initializer_list<const FileFacts*> facts,
                                             const std::vector<Mount>& mounts, const PathResolver& container);

}  // namespace profilegen

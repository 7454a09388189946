// SPDX-License-Identifier: Apache-2.0
// What a directory contains in the image itself, before a container wrote to it.
#pragma once

#include <initializer_list>
#include <set>
#include <string>
#include <vector>

#include "files/file_facts.h"
#include "paths/path_resolver.h"
#include "profilegen/trace.h"

namespace profilegen {

/// The mount points of the image's own file systems.
std::set<std::string> image_mounts(const std::vector<Mount>& mounts);

/// Looks a directory up in the overlayfs layers on the host, topmost first. A whiteout (a 0:0 device) hides the same
/// path in lower layers; an opaque directory (trusted.overlay.opaque) hides the content of the same directory in lower
/// layers (Documentation/filesystems/overlayfs).
ImageDirectory look_up_in_layers(const std::vector<std::string>& layers, const std::string& path);

/// Finds every directory above a written path on the image's file system, and those that the image has below the
/// directory of a written path, unless there are files too; sorted. /run is looked at in either case. Without layers,
/// looks at the container's current content instead, where files of the application itself may count as content.
std::vector<ImageDirectory> image_directories(std::initializer_list<const FileFacts*> facts,
                                              const std::vector<Mount>& mounts, const std::vector<std::string>& layers,
                                              const PathResolver& container);

}  // namespace profilegen

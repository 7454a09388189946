// SPDX-License-Identifier: Apache-2.0
// What the image itself has at a directory, before any container wrote to it.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "files/file_facts.h"
#include "paths/path_resolver.h"
#include "profilegen/trace.h"

namespace profilegen {

/// Looks a directory up in overlayfs layers on the host, topmost first. A whiteout (a 0:0 device) hides what is below
/// it, an opaque directory (trusted.overlay.opaque) what is below its content (Documentation/filesystems/overlayfs).
ImageDirectory look_up_in_layers(const std::vector<std::string>& layers, const std::string& path);

/// Every directory above a path that was written on the image's file system, sorted. Without layers, what the
/// container itself has there now is the answer: the application's own files may then count as content.
std::vector<ImageDirectory> image_directories(std::initializer_list<const FileFacts*> facts,
                                              const std::vector<Mount>& mounts, const std::vector<std::string>& layers,
                                              const PathResolver& container);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// Decides between a tmpfs, which a stop of the container empties, and a volume.
#pragma once

#include "holes/image_directories.h"
#include "holes/kept_files.h"

namespace profilegen {

/// Makes the hole at the place; `inside`: the writes in it.
Hole hole_at(const Trace& trace, const std::string& place, const std::map<std::string, Writes>& inside,
             const ImageDirectories& directories);

}  // namespace profilegen

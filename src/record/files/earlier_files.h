// SPDX-License-Identifier: Apache-2.0
// What the starts of one container leave to each other in its own layer.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "files/file_facts.h"
#include "paths/path_resolver.h"

namespace profilegen {

/// The files in a container's own layer (a directory on the host), as paths of the container. Looked at when a start
/// begins, these are what earlier starts wrote. Stops at the first 100 000.
std::set<std::string> files_of_layer(const std::string& layer);

/// The earlier files that this start read before it wrote them itself. `image`: mount points of the image's files.
std::vector<std::string> reread_files(const FileFacts& files, const std::set<std::string>& earlier,
                                      const std::set<std::string>& image);

/// The names that were both made and removed, and that are there now. If the layer is gone, all of them may be whose
/// last event does not tell that they were removed.
std::vector<std::string> remade_names(const FileFacts& files, const std::string& layer,
                                      const std::set<std::string>& image, const PathResolver& container);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>

#include "holes/image_directories.h"
#include "holes/written.h"

namespace profilegen {

/// Directories that programs made in a home directory (~/.config, ~/.npm) and that can be holes themselves.
std::set<std::string> own_directories(const Trace& trace, const std::map<std::string, Writes>& writes,
                                      const ImageDirectories& directories);

}  // namespace profilegen

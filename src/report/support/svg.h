// SPDX-License-Identifier: Apache-2.0
// Pictures: each has a text of its own for those who don't see it.
#pragma once

#include <string>
#include <vector>

#include "support/path_node.h"

namespace profilegen::report {

/// From nothing at the left end to the last point at the right; labels are what the points stand at.
std::string svg_curve(const std::string& title, const std::vector<double>& points,
                      const std::vector<std::string>& labels);

/// The tree from the top down, as wide as there are changes, in the colour of its mount.
std::string svg_tree(const PathNode& root, const Places& places);

}  // namespace profilegen::report

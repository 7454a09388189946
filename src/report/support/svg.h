// SPDX-License-Identifier: Apache-2.0
// Pictures. Each has a text of its own for people who can't see it.
#pragma once

#include <string>
#include <vector>

#include "support/path_node.h"

namespace profilegen::report {

/// A curve from 0 at the left to the last point at the right. `labels` are the points' places on the horizontal axis.
std::string svg_curve(const std::string& title, const std::vector<double>& points,
                      const std::vector<std::string>& labels);

/// The tree from the root down. A node is as wide as its number of changes and has the colour of its mount.
std::string svg_tree(const PathNode& root, const Places& places);

}  // namespace profilegen::report

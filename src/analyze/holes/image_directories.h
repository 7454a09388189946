// SPDX-License-Identifier: Apache-2.0
// What the image contains at the place of a hole.
#pragma once

#include <map>
#include <string>

#include "profilegen/profile.h"
#include "profilegen/trace.h"

namespace profilegen {

using ImageDirectories = std::map<std::string, ImageDirectory>;

/// Joins the directories of all runs. Where runs differ, content and presence in the image win, then the smaller mode
/// and owner.
ImageDirectories image_directories(const Trace& trace);
/// Kind, mode and owner of a hole at the place; 0755 0:0 when nothing is known.
Hole hole_at(const std::string& place, const ImageDirectories& directories);

}  // namespace profilegen

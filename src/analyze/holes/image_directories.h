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
/// Whether the image has files at the place or below it.
bool has_image_files(const std::string& place, const ImageDirectories& directories);
/// The directories that the image has below the place.
std::map<std::string, Ownership> image_directories_below(const std::string& place, const ImageDirectories& directories);
/// Mode and owner of the place; 0755 0:0 when nothing is known.
Ownership owner_at(const std::string& place, const ImageDirectories& directories);

}  // namespace profilegen

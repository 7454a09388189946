// SPDX-License-Identifier: Apache-2.0
// What the image has where a hole is to be.
#pragma once

#include <map>
#include <string>

#include "profilegen/profile.h"

namespace profilegen {

using ImageDirectories = std::map<std::string, ImageDirectory>;

/// Those of all runs as one. Where runs differ the wider answer wins: content, in the image; then the smaller mode and
/// owner.
ImageDirectories image_directories(const Trace& trace);
/// Kind, mode and owner of a hole there; 0755 0:0 where nothing is known.
Hole hole_at(const std::string& place, const ImageDirectories& directories);

}  // namespace profilegen

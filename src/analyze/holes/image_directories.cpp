// SPDX-License-Identifier: Apache-2.0
#include "holes/image_directories.h"

#include <algorithm>

#include "profilegen/paths.h"

namespace profilegen {
namespace {

// For a directory that is not in the image, owner and mode are known only if the recorder saw them. Mode 0 means it did
// not: no directory with mode 0 could have been used.
bool has_owner(const ImageDirectory& directory) { return directory.in_image || directory.mode != 0; }

std::tuple<uint32_t, uint32_t, uint32_t> owner_of(const ImageDirectory& directory) {
  return {directory.mode, directory.uid, directory.gid};
}

ImageDirectory joined(const ImageDirectory& left, const ImageDirectory& right) {
  const bool take_right = has_owner(right) && (!has_owner(left) || owner_of(right) < owner_of(left));
  ImageDirectory both = take_right ? right : left;
  both.in_image = left.in_image || right.in_image;
  both.has_content = left.has_content || right.has_content;
  return both;
}

// A directory of the image below the place counts as content of the place, even if nobody looked into the place itself.
bool has_content(const std::string& place, const ImageDirectories& directories) {
  return std::ranges::any_of(directories, [&](const auto& entry) {
    const auto& [path, directory] = entry;
    return path == place ? directory.has_content : directory.in_image && is_below(path, place);
  });
}

}  // namespace

ImageDirectories image_directories(const Trace& trace) {
  ImageDirectories all;
  for (const auto& [id, run] : trace.runs) {
    for (const ImageDirectory& directory : run.directories) {
      const auto [place, is_new] = all.try_emplace(directory.path, directory);
      if (!is_new) place->second = joined(place->second, directory);
    }
  }
  return all;
}

Hole hole_at(const std::string& place, const ImageDirectories& directories) {
  Hole hole;
  hole.kind = has_content(place, directories) ? HoleKind::volume : HoleKind::tmpfs;
  const auto known = directories.find(place);
  if (known != directories.end() && has_owner(known->second)) {
    hole.mode = known->second.mode;
    hole.uid = known->second.uid;
    hole.gid = known->second.gid;
  }
  return hole;
}

}  // namespace profilegen

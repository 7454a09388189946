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

bool has_image_files(const std::string& place, const ImageDirectories& directories) {
  return std::ranges::any_of(
      directories, [&](const auto& entry) { return entry.second.has_content && is_at_or_below(entry.first, place); });
}

std::map<std::string, Ownership> image_directories_below(const std::string& place,
                                                         const ImageDirectories& directories) {
  std::map<std::string, Ownership> below;
  for (const auto& [path, directory] : directories)
    if (directory.in_image && is_below(path, place))
      below.emplace(path, Ownership{directory.mode, directory.uid, directory.gid});
  return below;
}

Ownership owner_at(const std::string& place, const ImageDirectories& directories) {
  const auto known = directories.find(place);
  if (known == directories.end() || !has_owner(known->second)) return {0755, 0, 0};
  return {known->second.mode, known->second.uid, known->second.gid};
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "support/hole_flags.h"

#include <fmt/format.h>

#include "support/docker_words.h"
#include "support/hole_mounts.h"

namespace profilegen {

namespace {

std::string size_option(const Hole& hole) { return hole.size == 0 ? "" : ",size=" + mebibytes(hole.size) + "m"; }

}  // namespace

std::string mebibytes(uint64_t bytes) {
  constexpr uint64_t mebibyte = 1024 * 1024;
  return std::to_string((bytes + mebibyte - 1) / mebibyte);
}

std::string ownerless_tmpfs_options(const Hole& hole) {
  const uint32_t mode = hole.uid == 0 && hole.gid == 0 ? hole.mode : 01777;
  return fmt::format("rw,nosuid,nodev,{},mode={:04o}{}", hole.exec ? "exec" : "noexec", mode, size_option(hole));
}

std::string tmpfs_options(const Hole& hole) {
  return fmt::format("rw,nosuid,nodev,{},mode={:04o},uid={},gid={}{}", hole.exec ? "exec" : "noexec", hole.mode,
                     hole.uid, hole.gid, size_option(hole));
}

std::string hole_flag(const std::string& path, const Hole& hole, std::string (*options)(const Hole&)) {
  if (hole.kind == HoleKind::volume) return "--volume=" + path;
  return "--tmpfs=" + path + ":" + options(hole);
}

Status require_flag_paths(const Profile& profile) {
  for (const auto& [path, hole] : hole_mounts(profile))
    if (!is_flag_path(path))
      return Error{path, "is a writable hole that an engine's flags cannot express",
                   "replace it in the profile by a directory above it"};
  return Done{};
}

}  // namespace profilegen

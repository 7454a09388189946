// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "profilegen/emitter.h"
#include "profilegen/shell_word.h"
#include "support/hole_flags.h"
#include "support/registry.h"

namespace profilegen {
namespace {

std::string flag(const std::string& path, Hole hole, HoleKind kind) {
  hole.kind = kind;
  return shell_word(hole_flag(path, hole));
}

std::string line(const std::string& path, const Hole& hole) {
  const std::string volume = flag(path, hole, HoleKind::volume);
  const std::string tmpfs = flag(path, hole, HoleKind::tmpfs);
  if (hole.kind == HoleKind::volume)
    return fmt::format("{}: a stop may not lose what is written there, so {}; if it may: {}", shell_word(path), volume,
                       tmpfs);
  return fmt::format("{}: the program removed what it wrote there, so {}; if a stop must not lose it: {}",
                     shell_word(path), tmpfs, volume);
}

}  // namespace

std::vector<std::string> uncertain_holes(const Profile& profile) {
  std::vector<std::string> lines;
  if (!profile.read_only_root || !has_container(profile)) return lines;
  for (const auto& [path, hole] : profile.holes)
    if (hole.uncertain) lines.push_back(line(path, hole));
  return lines;
}

}  // namespace profilegen

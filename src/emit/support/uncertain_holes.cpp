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
    return fmt::format(
        "{}: to be safe, what is written there is kept at a stop or restart, by {}; if it may be lost, use {} instead",
        shell_word(path), volume, tmpfs);
  return fmt::format(
      "{}: what is written there is lost at every stop or restart, by {}, since the program removed it in the "
      "recording; if it must be kept, use {} instead",
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

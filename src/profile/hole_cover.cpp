// SPDX-License-Identifier: Apache-2.0
#include "hole_cover.h"

#include <algorithm>
#include <tuple>

#include "profilegen/paths.h"

namespace profilegen {
namespace {

HoleKind wider(HoleKind left, HoleKind right) {
  return left == HoleKind::volume || right == HoleKind::volume ? HoleKind::volume : HoleKind::tmpfs;
}

// The path of the highest hole at or above `path`.
std::string topmost(const std::map<std::string, Hole>& holes, const std::string& path) {
  std::string top = path;
  for (std::string above = path; above != "/";) {
    above = parent_directory(above);
    if (holes.contains(above)) top = above;
  }
  return top;
}

// 0 means no limit, so it is the largest.
uint64_t larger(uint64_t left, uint64_t right) { return left == 0 || right == 0 ? 0 : std::max(left, right); }

// What a volume is known to need counts for all that is merged into it; a tmpfs says nothing of a volume.
bool of_both(bool Hole::*claim, const Hole& left, const Hole& right) {
  if (left.kind != right.kind) return (left.kind == HoleKind::volume ? left : right).*claim;
  return left.kind == HoleKind::volume ? left.*claim && right.*claim : left.*claim || right.*claim;
}

// What the hole `into` must also be, because `other` becomes part of it.
void join_contents(Hole& into, const Hole& other) {
  const bool empty = of_both(&Hole::empty, into, other);
  const bool uncertain = of_both(&Hole::uncertain, into, other);
  into.kind = wider(into.kind, other.kind);
  into.exec = into.exec || other.exec;
  into.empty = empty;
  into.uncertain = uncertain;
  for (const auto& [path, owner] : other.directories) {
    const auto [place, is_new] = into.directories.try_emplace(path, owner);
    if (!is_new) place->second = std::min(place->second, owner);
  }
  if (into.kind == HoleKind::tmpfs) return;
  into.empty = into.empty && into.directories.empty();
  into.directories.clear();  // the engine copies them into the volume
}

}  // namespace

Hole merge_holes(const Hole& left, const Hole& right) {
  const auto owner = [](const Hole& hole) { return std::tuple(hole.mode, hole.uid, hole.gid); };
  Hole both = owner(left) <= owner(right) ? left : right;
  join_contents(both, owner(left) <= owner(right) ? right : left);
  both.size = larger(left.size, right.size);
  both.reason = std::min(left.reason, right.reason);
  return both;
}

void absorb_covered_holes(std::map<std::string, Hole>& holes) {
  std::erase_if(holes, [&](const auto& entry) {
    const auto& [path, hole] = entry;
    const std::string top = topmost(holes, path);
    if (top == path) return false;
    Hole& into = holes.at(top);
    join_contents(into, hole);
    into.size = 0;  // no limit: both hold their contents now, and a sum would grow each time the same profile is merged
    return true;
  });
}

}  // namespace profilegen

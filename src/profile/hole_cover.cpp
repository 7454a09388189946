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

}  // namespace

Hole merge_holes(const Hole& left, const Hole& right) {
  const auto owner = [](const Hole& hole) { return std::tuple(hole.mode, hole.uid, hole.gid); };
  Hole both = owner(left) <= owner(right) ? left : right;
  both.kind = wider(left.kind, right.kind);
  both.exec = left.exec || right.exec;
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
    into.kind = wider(into.kind, hole.kind);
    into.exec = into.exec || hole.exec;
    into.size = 0;  // no limit: both hold their contents now, and a sum would grow each time the same profile is merged
    return true;
  });
}

}  // namespace profilegen

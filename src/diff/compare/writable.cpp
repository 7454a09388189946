// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "parts.h"

namespace profilegen::diff {

namespace {

using Holes = std::map<std::string, Hole>;

/// The hole above `path` that already makes all of it writable; nullptr when there is none.
const std::string* covered_by(const std::string& path, const Hole& hole, const Holes& holes) {
  for (auto end = path.rfind('/'); end != std::string::npos && end > 0; end = path.rfind('/', end - 1)) {
    const auto above = holes.find(path.substr(0, end));
    if (above != holes.end() && (above->second.exec || !hole.exec)) return &above->first;
  }
  return nullptr;
}

std::string kind_name(HoleKind kind) { return kind == HoleKind::tmpfs ? "tmpfs" : "volume"; }

void compare_mode(const std::string& path, uint32_t before, uint32_t after, std::vector<Change>& changes) {
  if (before == after) return;
  constexpr uint32_t kPermissionBits = 0777;
  Direction direction = Direction::changed;  // only set-id or sticky bits differ
  if ((before & ~after & kPermissionBits) != 0) direction = Direction::removed;
  if ((after & ~before & kPermissionBits) != 0) direction = Direction::added;
  changes.push_back(value_change(ChangeKind::writable, path, direction, fmt::format("mode {:04o}", before),
                                 fmt::format("{:04o}", after)));
}

std::string size_name(uint64_t bytes) {
  constexpr uint64_t mebibyte = 1024 * 1024;
  return bytes == 0 ? "no limit" : fmt::format("{} MiB", bytes / mebibyte);
}

/// Size 0 means no limit.
void compare_size(const std::string& path, uint64_t before, uint64_t after, std::vector<Change>& changes) {
  if (before == after) return;
  const bool is_more = after == 0 || (before != 0 && after > before);
  changes.push_back(value_change(ChangeKind::writable, path, is_more ? Direction::added : Direction::removed,
                                 "size " + size_name(before), size_name(after)));
}

/// Adds a value to a change of several.
void note_value(Change& change, const std::string& name, const std::string& was, const std::string& is) {
  if (was == is) return;
  const std::string begin = (change.detail.empty() ? "" : ", ") + name;
  change.detail += begin + was + " -> " + is;
  change.was += begin + was;
  change.is += begin + is;
}

/// For a hole on both sides: compares what may be done in it, then its form.
void compare_hole(const std::string& path, const Hole& before, const Hole& after, std::vector<Change>& changes) {
  if (before.exec != after.exec) {
    changes.push_back(
        {.kind = ChangeKind::writable,
         .item = path,
         .direction = after.exec ? Direction::added : Direction::removed,
         .detail = after.exec ? "programs may be executed from it" : "programs can't be executed from it any more",
         .permissions = "x"});
  }
  compare_mode(path, before.mode, after.mode, changes);
  compare_size(path, before.size, after.size, changes);
  Change form{.kind = ChangeKind::writable, .item = path, .direction = Direction::changed};
  note_value(form, "", kind_name(before.kind), kind_name(after.kind));
  note_value(form, "uid ", std::to_string(before.uid), std::to_string(after.uid));
  note_value(form, "gid ", std::to_string(before.gid), std::to_string(after.gid));
  if (!form.detail.empty()) changes.push_back(form);
}

/// Reports the holes of `all` that `other` lacks. A hole below one of `other` was writable already: that is only a
/// change of form.
void append_missing(const Holes& other, const Holes& all, Direction direction, std::vector<Change>& changes) {
  for (const auto& [path, hole] : all) {
    if (other.contains(path)) continue;
    const std::string* above = covered_by(path, hole, other);
    if (above == nullptr) {
      changes.push_back({.kind = ChangeKind::writable,
                         .item = path,
                         .direction = direction,
                         .detail = kind_name(hole.kind) + (hole.exec ? ", executable" : ""),
                         .permissions = hole.exec ? "x" : ""});
    } else {
      const bool added = direction == Direction::added;
      changes.push_back({ChangeKind::writable, path, Direction::changed,
                         added ? "was writable as part of " + *above : "is writable as part of " + *above});
    }
  }
}

void compare_mount(const std::string& path, const UserMount* before, const UserMount* after,
                   std::vector<Change>& changes) {
  const bool was_written = before != nullptr && before->written;
  const bool is_written = after != nullptr && after->written;
  if (was_written == is_written) return;
  const std::string detail = is_written         ? before == nullptr ? "new mount, written" : "is written now"
                             : after == nullptr ? "mount is gone"
                                                : "is only read now";
  changes.push_back({ChangeKind::mount, path, is_written ? Direction::added : Direction::removed, detail});
}

const UserMount* find_mount(const Profile& profile, const std::string& path) {
  const auto found = profile.mounts.find(path);
  return found == profile.mounts.end() ? nullptr : &found->second;
}

}  // namespace

/// Where the whole root is writable, holes allow nothing more. The gain or loss of the read-only root is reported
/// elsewhere.
void compare_holes(const Profile& before, const Profile& after, std::vector<Change>& changes) {
  if (!before.read_only_root || !after.read_only_root) return;
  for (const auto& [path, hole] : after.holes) {
    const auto old = before.holes.find(path);
    if (old != before.holes.end()) compare_hole(path, old->second, hole, changes);
  }
  append_missing(before.holes, after.holes, Direction::added, changes);
  append_missing(after.holes, before.holes, Direction::removed, changes);
}

/// Only written mounts count. Whether another mount exists is decided by the user's own command.
void compare_mounts(const Profile& before, const Profile& after, std::vector<Change>& changes) {
  std::set<std::string> paths;
  for (const auto* profile : {&before, &after}) {
    for (const auto& [path, mount] : profile->mounts) paths.insert(path);
  }
  for (const auto& path : paths) compare_mount(path, find_mount(before, path), find_mount(after, path), changes);
}

}  // namespace profilegen::diff

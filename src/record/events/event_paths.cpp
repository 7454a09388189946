// SPDX-License-Identifier: Apache-2.0
#include "events/event_paths.h"
#include "profilegen/paths.h"

#include <algorithm>

namespace profilegen {
namespace {

// The path of the event's base in the container; nullopt if the container has not mounted that file system.
std::optional<std::string> base_path(const Target& target, const pg_file_event& event, std::string_view base) {
  std::string path(base);
  if (path.empty()) path = "/";
  if ((event.flags & PG_FILE_FOREIGN) == 0) return path;
  return locate(target.mounts, event.dev, path);
}

std::string chroot_of(const Target& target, uint64_t root) {
  const auto known = target.chroots.find(root);
  return root != 0 && known != target.chroots.end() ? known->second : "";
}

// The mount namespace of the thread; null if it can't be opened any more.
MountNamespace* namespace_of(Target& target, const pg_file_event& event) {
  const auto known = target.namespaces.find(event.mnt_ns);
  if (known != target.namespaces.end()) return &known->second;
  auto found = MountNamespace::of("/proc/" + std::to_string(event.first.tid));
  if (!found || found->number() != event.mnt_ns) return nullptr;
  return &target.namespaces.emplace(event.mnt_ns, std::move(*found)).first->second;
}

// True if the kernel part gave the file's full path and its mount is where it was when the container started.
bool lies_on_first_mounts(const Target& target, const pg_file_event& event, const std::string& path) {
  if ((event.flags & PG_FILE_TAIL) != 0 || event.root_mount != root_mount(target.mounts)) return false;
  return std::any_of(target.mounts.begin(), target.mounts.end(), [&](const MountEntry& mount) {
    return mount.id == event.mount && is_at_or_below(path, mount.path);
  });
}

// Resolves a name with the mounts of the container's start.
std::string resolve(const PathResolver& paths, const Target& target, const pg_file_event& event,
                    const std::string& start, std::string_view tail) {
  if ((event.flags & PG_FILE_TAIL) == 0) return start;
  const bool follow = (event.flags & PG_FILE_FOLLOW) != 0;
  return paths.resolve(start, std::string(tail), chroot_of(target, event.root), follow);
}

// Resolves a name in another mount namespace, or after the mounts have changed. Those mounts can be read only while
// they exist. If it is too late, the path is counted as lost, since it may be taken for another one.
std::optional<std::string> resolve_elsewhere(Target& target, const pg_file_event& event, const std::string& start,
                                             std::string_view tail) {
  MountNamespace* mounts = namespace_of(target, event);
  if (const auto* view = mounts ? mounts->view({event.mounts, event.root_mount}) : nullptr)
    return translate(view->mounts, resolve(view->paths, target, event, start, tail), target.mounts);
  ++target.lost_paths;
  return resolve(target.paths, target, event, start, tail);
}

}  // namespace

void keep_mounts(Target& target, const pg_file_event& event) {
  if (MountNamespace* mounts = namespace_of(target, event)) mounts->look();
}

void take_mounts(Target& target, const pg_file_event& event) {
  target.names_seen.clear();
  target.remounted |= event.mnt_ns == 0;
}

void take_root(Target& target, const pg_file_event& event, std::string_view base) {
  if (const auto path = base_path(target, event, base)) target.chroots[event.root] = *path;
}

std::optional<std::string> event_path(Target& target, const pg_file_event& event, std::string_view base,
                                      std::string_view tail) {
  const auto start = base_path(target, event, base);
  if (!start) return std::nullopt;
  const bool elsewhere = (event.flags & PG_FILE_FOREIGN) == 0 && (event.mnt_ns != 0 || target.remounted) &&
                         !lies_on_first_mounts(target, event, *start);
  return elsewhere ? resolve_elsewhere(target, event, *start, tail)
                   : resolve(target.paths, target, event, *start, tail);
}

}  // namespace profilegen

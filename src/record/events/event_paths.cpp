// SPDX-License-Identifier: Apache-2.0
#include "events/event_paths.h"
#include "profilegen/paths.h"

#include <algorithm>

#include "paths/lexical_path.h"

namespace profilegen {
namespace {

// The path of the event's base in the container; nullopt if the container has not mounted that file system.
std::optional<std::string> base_path(const LiveRun& live, const pg_file_event& event, std::string_view base) {
  std::string path(base);
  if (path.empty()) path = "/";
  if ((event.flags & PG_FILE_FOREIGN) == 0) return path;
  return locate(live.mounts, event.dev, path);
}

std::string chroot_of(const LiveRun& live, uint64_t root) {
  const auto known = live.chroots.find(root);
  return root != 0 && known != live.chroots.end() ? known->second : "";
}

// The mount namespace of the thread; null if it can't be opened any more. The thread may have gone on to another one.
MountNamespace* namespace_of(LiveRun& live, const pg_file_event& event) {
  const auto known = live.namespaces.find(event.mnt_ns);
  if (known != live.namespaces.end()) return &known->second;
  auto found = MountNamespace::of("/proc/" + std::to_string(event.first.tid), live.paths.lookups());
  if (!found || found->number() != event.mnt_ns_inode) return nullptr;
  return &live.namespaces.emplace(event.mnt_ns, std::move(*found)).first->second;
}

// True if the kernel part gave the file's full path and its mount is where it was when the container started.
bool lies_on_first_mounts(const LiveRun& live, const pg_file_event& event, const std::string& path) {
  if ((event.flags & PG_FILE_TAIL) != 0 || event.root_mount != root_mount(live.mounts)) return false;
  return std::any_of(live.mounts.begin(), live.mounts.end(), [&](const MountEntry& mount) {
    return mount.id == event.mount && is_at_or_below(path, mount.path);
  });
}

// True if the path may have to be resolved with other mounts than those of the container's start.
bool is_elsewhere(const LiveRun& live, const pg_file_event& event, const std::string& start) {
  return (event.flags & PG_FILE_FOREIGN) == 0 && (event.mnt_ns != 0 || live.remounted) &&
         !lies_on_first_mounts(live, event, start);
}

// Resolves a name with the mounts of the container's start. nullopt if it led through a link of procfs to no file, or
// if that can't be found out any more, or not in time: then it is lost, since its text is not where the file is.
std::optional<std::string> resolve(const PathResolver& paths, LiveRun& live, const pg_file_event& event,
                                   const std::string& start, std::string_view tail) {
  if ((event.flags & PG_FILE_TAIL) == 0) return start;
  const bool follow = (event.flags & PG_FILE_FOLLOW) != 0;
  const NamedPath named =
      paths.resolve_for(event.first.tid, start, std::string(tail), chroot_of(live, event.root), follow);
  if (named.by_thread) live.names_seen.clear();  // the next one may mean another file
  if (named.lost) ++live.lost_paths;
  return named.path.empty() ? std::nullopt : std::optional(named.path);
}

// Whether a name that can't be resolved any more may have led to a file of the container. The kernel part tells on
// which file system it starts. From one that the task mounted itself, a name of several parts may still enter a mount
// of the container's; then the views of the namespace with the same root tell.
bool may_be_the_containers(const LiveRun& live, const pg_file_event& event, const MountNamespace* mounts,
                           const std::string& start, std::string_view tail) {
  if (event.mnt_ns == 0 || has_device(live.mounts, event.dev)) return true;
  if (tail.find('/') == std::string_view::npos && tail != "..") return false;
  const std::string directory = parent_directory(fold_path(start + "/" + std::string(tail)));
  return mounts && mounts->could_write_to(directory, event.root_mount, live.mounts);
}

// Resolves a name in another mount namespace, or after the mounts have changed. Those mounts can be read only while
// they exist. If it is too late, the path is counted as lost, since it may be taken for another one.
std::optional<std::string> resolve_elsewhere(LiveRun& live, const pg_file_event& event, const std::string& start,
                                             std::string_view tail) {
  MountNamespace* mounts = namespace_of(live, event);
  if (const auto* view = mounts ? mounts->view({event.mounts, event.root_mount}) : nullptr) {
    const auto path = resolve(view->paths, live, event, start, tail);
    return path ? translate(view->mounts, *path, live.mounts) : std::nullopt;
  }
  if (!may_be_the_containers(live, event, mounts, start, tail)) return std::nullopt;
  ++live.lost_paths;
  return resolve(live.paths, live, event, start, tail);
}

}  // namespace

void keep_mounts(LiveRun& live, const pg_file_event& event) {
  if (MountNamespace* mounts = namespace_of(live, event)) mounts->look();
}

void take_mounts(LiveRun& live, const pg_file_event& event) {
  live.names_seen.clear();
  live.remounted |= event.mnt_ns == 0;
}

void take_root(LiveRun& live, const pg_file_event& event, std::string_view base) {
  if (const auto path = base_path(live, event, base)) live.chroots[event.root] = *path;
}

std::optional<std::string> event_path(LiveRun& live, const pg_file_event& event, std::string_view base,
                                      std::string_view tail) {
  const auto start = base_path(live, event, base);
  if (!start) return std::nullopt;
  return is_elsewhere(live, event, *start) ? resolve_elsewhere(live, event, *start, tail)
                                           : resolve(live.paths, live, event, *start, tail);
}

std::optional<Way> event_way(LiveRun& live, const pg_file_event& event, std::string_view base, std::string_view tail) {
  const auto start = base_path(live, event, base);
  if (!start) return std::nullopt;
  const bool executed = event.ops == 1U << PG_OP_EXEC;
  if (!is_elsewhere(live, event, *start) && ((event.flags & PG_FILE_TAIL) != 0 || !executed))
    return Way{*start, std::string(tail), chroot_of(live, event.root), (event.flags & PG_FILE_FOLLOW) != 0};
  // Of an executed program the kernel part tells only the path, and not by which name the thread came to it.
  const uint64_t lost = live.lost_paths;
  const auto path = event_path(live, event, base, tail);
  live.lost_paths = lost;  // it is no fact of the policy that may be wrong
  return path ? std::optional(Way{"/", *path, "/", false}) : std::nullopt;
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "event_paths.h"

namespace profilegen {
namespace {

// Where the base of an event lies in the container; nullopt when it is on a file system that the container has not.
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

// The namespace that the thread was in, if its mounts are others than the container's at its start.
MountNamespace* other_mounts(Target& target, const pg_file_event& event) {
  if (event.mnt_ns == 0 && !target.remounted) return nullptr;
  const auto known = target.namespaces.find(event.mnt_ns);
  if (known != target.namespaces.end()) return &known->second;
  auto found = MountNamespace::of("/proc/" + std::to_string(event.first.tid));
  if (!found || found->number() != event.mnt_ns) return nullptr;
  return &target.namespaces.emplace(event.mnt_ns, std::move(*found)).first->second;
}

// A path of the thread's namespace, which is not the container's view or not any more; nullopt when it lies on a file
// system that only the thread has.
std::optional<std::string> in_own_view(Target& target, const pg_file_event& event, const std::string& path) {
  MountNamespace* mounts = (event.flags & PG_FILE_FOREIGN) == 0 ? other_mounts(target, event) : nullptr;
  const auto* view = mounts ? mounts->view() : nullptr;
  return view ? translate(view->mounts, path, target.mounts) : path;
}

std::optional<std::string> resolve_name(Target& target, const pg_file_event& event, const std::string& start,
                                        const std::string& name) {
  const bool follow = (event.flags & PG_FILE_FOLLOW) != 0;
  const std::string chroot = chroot_of(target, event.root);
  const bool elsewhere = (event.flags & PG_FILE_FOREIGN) == 0 && (event.mnt_ns != 0 || target.remounted);
  MountNamespace* mounts = elsewhere ? other_mounts(target, event) : nullptr;
  const auto* view = mounts ? mounts->view() : nullptr;
  if (view) return translate(view->mounts, view->paths.resolve(start, name, chroot, follow), target.mounts);
  if (elsewhere) ++target.lost_paths;  // it was gone before it could be looked into: what lies where is not known
  return target.paths.resolve(start, name, chroot, follow);
}

}  // namespace

void take_mounts(Target& target, const pg_file_event& event) {
  target.names_seen.clear();  // the same names may mean other files now
  target.remounted |= event.mnt_ns == 0;
  if (MountNamespace* mounts = other_mounts(target, event)) mounts->set_changed();
}

void take_root(Target& target, const pg_file_event& event, std::string_view base) {
  if (const auto path = base_path(target, event, base)) target.chroots[event.root] = *path;
}

std::optional<std::string> event_path(Target& target, const pg_file_event& event, std::string_view base,
                                      std::string_view tail) {
  const auto start = base_path(target, event, base);
  if (!start) return std::nullopt;
  const bool named = (event.flags & PG_FILE_TAIL) != 0;
  return named ? resolve_name(target, event, *start, std::string(tail)) : in_own_view(target, event, *start);
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "event_paths.h"

#include <ctime>

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

uint64_t now_ns() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<uint64_t>(now.tv_nsec);
}

// The namespace that the event's path has to be looked up in; null for the container as it was at its start.
MountNamespace* mounts_for(Target& target, const pg_file_event& event) {
  const bool elsewhere = (event.flags & PG_FILE_FOREIGN) == 0 && (event.mnt_ns != 0 || target.remounted);
  if (!elsewhere) return nullptr;
  MountNamespace* mounts = other_mounts(target, event);
  if (mounts && mounts->view()) return mounts;
  ++target.lost_paths;  // it was gone before it could be looked into: what lay where is not known
  return nullptr;
}

}  // namespace

void take_mounts(Target& target, const pg_file_event& event) {
  target.names_seen.clear();  // the same names may mean other files now
  target.remounted |= event.mnt_ns == 0;
  if (MountNamespace* mounts = other_mounts(target, event)) target.lost_paths += mounts->set_changed(event.first.ns);
}

void take_root(Target& target, const pg_file_event& event, std::string_view base) {
  if (const auto path = base_path(target, event, base)) target.chroots[event.root] = *path;
}

std::optional<std::string> event_path(Target& target, const pg_file_event& event, std::string_view base,
                                      std::string_view tail) {
  const auto start = base_path(target, event, base);
  if (!start) return std::nullopt;
  MountNamespace* mounts = mounts_for(target, event);
  const PathResolver& paths = mounts ? mounts->view()->paths : target.paths;
  const bool named = (event.flags & PG_FILE_TAIL) != 0;
  const bool follow = (event.flags & PG_FILE_FOLLOW) != 0;
  const std::string path =
      named ? paths.resolve(*start, std::string(tail), chroot_of(target, event.root), follow) : *start;
  if (!mounts) return path;
  mounts->note_use(now_ns());
  return translate(mounts->view()->mounts, path, target.mounts);
}

}  // namespace profilegen

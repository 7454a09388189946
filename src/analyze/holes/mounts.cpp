// SPDX-License-Identifier: Apache-2.0
#include "holes/mounts.h"

#include <algorithm>
#include <array>

#include "profilegen/paths.h"
#include "profilegen/profile_parts.h"
#include "steps.h"

namespace profilegen {
namespace {

// Always mounts of the engine or of the host, even when a mount table could not be read.
constexpr std::array<std::string_view, 3> kKernelPlaces = {"/dev", "/proc", "/sys"};

bool in_kernel_place(std::string_view path) {
  return std::ranges::any_of(kKernelPlaces, [&](std::string_view place) { return is_at_or_below(path, place); });
}

// Docker names anonymous volumes by 64 random digits. The user did not choose such a name, and it differs in each run.
bool is_anonymous(const std::string& source) {
  constexpr size_t digits = 64;
  return source.size() == digits && source.find_first_not_of("0123456789abcdef") == std::string::npos;
}

UserMount user_mount(const Mount& mount) {
  return {.source = is_anonymous(mount.source) ? "" : mount.source,
          .origin = mount.origin,
          .written = false,
          .read_only = mount.read_only};
}

void add_table(const Run& run, Profile& profile) {
  for (const Mount& mount : run.mounts) {
    if (is_user_mount(mount)) add_user_mount(profile.mounts, mount.path, user_mount(mount));
  }
}

void mark_written(const Run& run, const std::string& path, Profile& profile) {
  const Mount* mount = mount_of(run, path);
  if (mount == nullptr) return;
  if (const auto found = profile.mounts.find(mount->path); found != profile.mounts.end()) found->second.written = true;
}

}  // namespace

const Mount* mount_of(const Run& run, std::string_view path) {
  const Mount* best = nullptr;
  for (const Mount& mount : run.mounts) {
    const bool holds = is_at_or_below(path, mount.path);
    if (holds && (best == nullptr || mount.path.size() >= best->path.size())) best = &mount;
  }
  return best;
}

bool is_user_mount(const Mount& mount) { return mount.origin != "image" && mount.origin != "engine"; }

bool lies_on_root(const Run& run, std::string_view path) {
  const Mount* mount = mount_of(run, path);
  const bool is_tree = run.subject.engine.empty();
  if (mount == nullptr || mount->path == "/" || is_tree) {
    return !in_kernel_place(path) && (mount == nullptr || mount->origin != "engine");
  }
  return mount->origin == "image";
}

void add_mounts(const Trace& trace, Profile& profile) {
  for (const auto& [id, run] : trace.runs) {
    // A process tree sees all of the host's mounts, which nobody chose for this program.
    if (!run.subject.engine.empty()) add_table(run, profile);
  }
  for (const auto& [key, fact] : trace.files) {
    if (!file_op_writes(key.op)) continue;
    for (const RunId& id : fact.runs.sorted()) {
      if (const auto run = trace.runs.find(id); run != trace.runs.end()) mark_written(run->second, key.path, profile);
    }
  }
}

}  // namespace profilegen

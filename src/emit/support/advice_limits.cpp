// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <optional>

#include "advice.h"
#include "hole_mounts.h"
#include "profilegen/shell_word.h"

namespace profilegen {
namespace {

constexpr uint64_t kMiB = 1024 * 1024;

std::optional<uint64_t> limit(const Profile& profile, const char* name) {
  const auto found = profile.limits.find(name);
  return found == profile.limits.end() ? std::nullopt : std::optional(found->second);
}

// What a tmpfs holds counts as memory of the container, and under a limit it can't be given back. Without the bundle
// the same files were page cache, or part of the container's layer.
Advice advise_memory(const Profile& profile, uint64_t memory) {
  Advice advice;
  advice.evidence.push_back(fmt::format(
      "the peak was at most {} MiB, page cache and all of its programs included; the limit leaves half as much "
      "again as headroom",
      memory * 2 / 3 / kMiB));
  uint64_t held = 0;
  if (profile.read_only_root)
    for (const auto& [path, hole] : hole_mounts(profile)) {
      if (hole.kind != HoleKind::tmpfs) continue;
      held += hole.size;
      if (hole.size == 0)
        advice.evidence.push_back(fmt::format("the tmpfs {} has no limit: add what it may hold", shell_word(path)));
    }
  if (held != 0) advice.evidence.push_back(fmt::format("and {} MiB that the tmpfs may hold", held / kMiB));
  advice.flag = fmt::format("--memory={}m", (memory + held) / kMiB);
  return advice;
}

}  // namespace

std::vector<Advice> advise_limits(const Profile& profile) {
  std::vector<Advice> advice;
  if (const auto memory = limit(profile, "memory")) advice.push_back(advise_memory(profile, *memory));
  if (const auto tasks = limit(profile, "tasks"))
    advice.push_back(
        {fmt::format("--pids-limit={}", *tasks),
         {fmt::format("there were at most {} processes and threads at once, the runtime's at the start included; "
                      "the limit leaves as many again as headroom",
                      *tasks / 2)}});
  if (const auto descriptors = limit(profile, "descriptors"))
    advice.push_back({fmt::format("--ulimit=nofile={0}:{0}", *descriptors),
                      {fmt::format("no process had a descriptor above {}, and none asked for its limit; the limit "
                                   "leaves as many again as headroom",
                                   *descriptors / 2 - 1)}});
  return advice;
}

}  // namespace profilegen

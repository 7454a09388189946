// SPDX-License-Identifier: Apache-2.0
#include "run_description.h"

#include <sys/utsname.h>

#include <algorithm>

#include "files/earlier_files.h"
#include "files/image_directories.h"
#include "files/program_sizes.h"
#include "files/restricted_paths.h"
#include "paths/lexical_path.h"
#include "profilegen/process/clock.h"
#include "stacks/user_stack.h"

namespace profilegen {
namespace {

constexpr const char* kLossNames[] = {
#define LOSS(id, name, meaning) name,
#include "profilegen/loss.def"
#undef LOSS
};

// What this rung can't see in general, and how often the kernel skipped it this time. The kernel counts skips for all
// processes, so they may not concern the recorded ones.
std::string blind_spots(const BpfSession& session, const Rung& rung) {
  std::string text(rung.blind);
  if (const uint64_t times = session.skipped(rung); times != 0)
    text += (text.empty() ? "" : "; ") + std::to_string(times) + (times == 1 ? " time" : " times") +
            " when the kernel skipped its program, counted for all processes of the machine";
  return text;
}

std::vector<HookUse> hooks_used(const BpfSession& session) {
  std::vector<HookUse> hooks;
  for (const HookChoice& choice : session.hooks())
    hooks.push_back(choice.rung ? HookUse{std::string(choice.fact), std::string(choice.rung->hooks),
                                          blind_spots(session, *choice.rung)}
                                : HookUse{std::string(choice.fact), std::string(kNoHook), "everything"});
  std::sort(hooks.begin(), hooks.end());
  return hooks;
}

const RequestedMount* requested(const std::optional<ContainerInfo>& info, const std::string& path) {
  if (!info) return nullptr;
  for (const RequestedMount& mount : info->mounts)
    if (mount.destination == path || mount.destination == path + "/") return &mount;
  return nullptr;
}

Mount describe(const MountEntry& entry, const std::optional<ContainerInfo>& info) {
  Mount mount{entry.path, entry.type, entry.source, "engine", entry.read_only};
  if (entry.path == "/") mount.origin = "image";
  if (const RequestedMount* asked = requested(info, entry.path)) {
    mount.origin = asked->type == "volume" || asked->type == "tmpfs" ? asked->type : "bind";
    if (!asked->source.empty()) mount.source = asked->source;
  }
  return mount;
}

// For a container that was gone before its mount table could be read: adds the mounts that every container has.
void add_missing(std::vector<Mount>& mounts, const std::optional<ContainerInfo>& info) {
  const auto add = [&](const MountEntry& entry) {
    const bool known =
        std::any_of(mounts.begin(), mounts.end(), [&](const Mount& mount) { return mount.path == entry.path; });
    if (!known) mounts.push_back(describe(entry, info));
  };
  for (const char* path : {"/", "/proc", "/dev", "/sys", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf"})
    add({0, "/", path, "", "", false, 0});
  if (!info) return;
  for (const RequestedMount& mount : info->mounts)
    add({0, "/", mount.destination, mount.type, mount.source, mount.read_only, 0});
}

// Of several mounts on one mount point, only the last one is visible.
void sort_by_path(std::vector<Mount>& mounts) {
  std::reverse(mounts.begin(), mounts.end());
  std::stable_sort(mounts.begin(), mounts.end(), [](const Mount& a, const Mount& b) { return a.path < b.path; });
  const auto same_path = [](const Mount& a, const Mount& b) { return a.path == b.path; };
  mounts.erase(std::unique(mounts.begin(), mounts.end(), same_path), mounts.end());
}

bool used_io_uring(const Trace& facts) {
  return std::any_of(facts.syscalls.begin(), facts.syscalls.end(), [](const auto& fact) {
    return fact.first.phase == Phase::app && syscall_name(fact.first.arch, fact.first.number) == "io_uring_setup";
  });
}

}  // namespace

std::map<std::string, uint64_t> losses(const BpfSession& session) {
  std::map<std::string, uint64_t> counters;
  for (int counter = 0; counter < PG_LOSSES; ++counter)
    if (const uint64_t events = session.loss(static_cast<pg_loss>(counter)); events != 0)
      counters[kLossNames[counter]] = events;
  return counters;
}

std::vector<Mount> describe_mounts(const MountTable& table, const std::optional<ContainerInfo>& info) {
  std::vector<Mount> mounts;
  for (const MountEntry& entry : table) mounts.push_back(describe(entry, info));
  if (table.empty()) add_missing(mounts, info);
  sort_by_path(mounts);
  return mounts;
}

std::vector<Mount> describe_host_mounts(const MountTable& table) {
  std::vector<Mount> mounts = describe_mounts(table, std::nullopt);
  for (Mount& mount : mounts)
    if (mount.origin == "engine" && !mount.path.starts_with("/dev") && !mount.path.starts_with("/proc") &&
        !mount.path.starts_with("/sys"))
      mount.origin = "other";
  return mounts;
}

void look_around(LiveRun& live) {
  Surroundings found;
  const bool container = !live.id.empty();
  found.mounts = container ? describe_mounts(live.mounts, live.info) : describe_host_mounts(live.mounts);
  live.files.set_mounts(found.mounts);
  live.refused.set_mounts(found.mounts);
  live.barred.set_mounts(found.mounts);
  if (container) {
    auto layers = live.info ? live.info->layers : std::vector<std::string>{};
    if (layers.empty()) layers = root_layers(live.mounts);  // the engine no longer knows the container
    const std::set<std::string> image = image_mounts(found.mounts);
    found.reread = reread_files(live.files, live.earlier_files, image);
    live.sizes.look_again(live.paths);
    found.programs = size_of_programs(live.files, live.paths);
    found.remade = remade_names(live.files, root_upper(live.mounts), image, live.paths);
    found.directories = image_directories({&live.files, &live.refused}, found.mounts, layers, live.paths);
    if (live.info && is_root(live.info->subject))
      found.restricted = restricted_paths({&live.files, &live.refused}, found.mounts, live.paths);
  }
  for (const SeenStack& seen : live.seen_stacks) {
    UserStack stack{seen.event.first.tid, live.evidence(seen.event.first).first.ns, {}, {}};
    std::ranges::copy(seen.event.arguments, stack.arguments.begin());
    auto frames = unwind_apart(seen.event, open_mapped_files(seen.maps, live.paths));
    if (!frames) break;  // the others would wait for the same
    stack.frames = std::move(*frames);
    live.stacks.push_back(std::move(stack));
  }
  live.seen_stacks.clear();
  live.surroundings = std::move(found);
  live.paths = PathResolver(UniqueFd());
  live.namespaces.clear();
}

Run describe_run(const LiveRun& live, const BpfSession& session) {
  Run run;
  utsname system{};
  if (uname(&system) == 0) run.kernel = system.release;
  run.arch = native_arch();
  run.duration = (live.ended ? live.end_ns : monotonic_ns()) - live.begin_ns;
  run.hooks = hooks_used(session);
  run.loss = losses(session);
  if (live.lost_paths != 0) run.loss[kLossNames[PG_LOSS_PATHS]] += live.lost_paths;
  run.io_uring = used_io_uring(live.facts);
  if (live.late) run.marks.insert(Mark::attached_late);
  if (!live.ended) run.marks.insert(Mark::shutdown_not_recorded);
  if (live.killed) run.marks.insert(Mark::ended_by_signal);
  if (live.info) run.subject = live.info->subject;
  run.subject.container_id = live.id;
  run.subject.seccomp_confined = !live.id.empty() && !live.unconfined;
  run.mounts = live.surroundings->mounts;
  run.directories = live.surroundings->directories;
  run.restricted = live.surroundings->restricted;
  run.reread = live.surroundings->reread;
  run.remade = live.surroundings->remade;
  run.sizes = live.sizes.by_directory();
  if (live.surroundings->programs != 0)
    run.peaks[std::string(peak_names()[PG_PEAK_PROGRAMS])] = live.surroundings->programs;
  for (size_t peak = 0; peak < live.peaks.size(); ++peak)
    if (live.peaks[peak] != 0) run.peaks[std::string(peak_names()[peak])] = live.peaks[peak];
  return run;
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "profilegen/lines.h"
#include "steps.h"
#include "subjects.h"

namespace profilegen {
namespace {

std::string_view loss_meaning(std::string_view counter) {
#define LOSS(id, name, meaning) \
  if (counter == name) return meaning;
#include "profilegen/loss.def"
#undef LOSS
  return "a counter that this version does not know";
}

void add_loss(const Run& run, const std::string& label, Profile& profile) {
  for (const auto& [counter, events] : run.loss) {
    if (events == 0) continue;
    profile.incomplete.push_back(fmt::format("{}: lost {} ({}): {}", label, events, counter, loss_meaning(counter)));
  }
}

void add_missing_hooks(const Run& run, const std::string& label, Profile& profile) {
  for (const HookUse& use : run.hooks)
    if (use.hook == kNoHook)
      profile.incomplete.push_back(fmt::format(
          "{}: this kernel could not record {}: record on a newer one, as profilegen doctor says", label, use.fact));
}

// What a container does at its end is known when one of its starts came to an end by itself.
bool has_ended(const Trace& trace, const std::string& label) {
  return std::ranges::any_of(trace.runs, [&](const auto& run) {
    const Run& other = run.second;
    return subject_label(other.subject) == label && !other.marks.contains(Mark::shutdown_not_recorded) &&
           !other.marks.contains(Mark::ended_by_signal) && !other.marks.contains(Mark::interrupted);
  });
}

// Only notes: a test that ends before the container does is the usual way to record a service.
void note_missing_end(const Run& run, const std::string& label, Profile& profile) {
  if (run.marks.contains(Mark::shutdown_not_recorded)) {
    profile.notes.push_back(
        fmt::format("{}: it still ran when the recording ended, so what it does only when it is stopped, such as "
                    "writing its data, is not in this policy: stop it within the recording",
                    label));
  }
  if (run.marks.contains(Mark::ended_by_signal)) {
    profile.notes.push_back(
        fmt::format("{}: a signal killed its first process, so what it does when it ends by itself, such as writing "
                    "its data, is not in this policy: let it end, or stop it as it is stopped in production",
                    label));
  }
}

void add_marks(const Run& run, const std::string& label, Profile& profile) {
  if (run.marks.contains(Mark::attached_late)) {
    profile.incomplete.push_back(fmt::format(
        "{}: it already ran when the recording began, so its start is missing: record it from its start", label));
  }
  if (run.marks.contains(Mark::interrupted)) {
    profile.incomplete.push_back(fmt::format(
        "{}: the recording was killed, and this is its last checkpoint, so what came after it is missing: record again",
        label));
  }
}

// The first place with data that outlives a stop; "" if there is none.
std::string place_with_data(const Profile& profile) {
  for (const auto& [path, hole] : profile.holes)
    if (hole.kind == HoleKind::volume) return path;
  for (const auto& [path, mount] : profile.mounts)
    if (mount.written && mount.origin == "volume") return path;
  return "";
}

bool shows_a_restart(const Trace& trace) {
  std::set<std::string> containers;
  return std::ranges::any_of(trace.runs, [&](const auto& run) {
    const std::string& id = run.second.subject.container_id;
    return !id.empty() && !containers.insert(id).second;
  });
}

// Of fourteen services of Debian two, etcd and RabbitMQ, made calls at their second start that no first start made.
void note_missing_restart(const Trace& trace, Profile& profile) {
  const std::string place = place_with_data(profile);
  if (place.empty() || shows_a_restart(trace)) return;
  profile.notes.push_back(
      fmt::format("no restart was recorded, and data in {} outlives one: a start that finds data may make other calls "
                  "than one that makes it, so let the recording contain a docker restart, too",
                  printable(place)));
}

std::string unseen_files(const Run& run) {
  for (const HookUse& use : run.hooks)
    if (use.fact == "files" && !use.blind.empty()) return "; not seen: " + use.blind;
  return "";
}

}  // namespace

void add_incomplete(const Trace& trace, Profile& profile) {
  if (trace.runs.empty()) profile.incomplete.emplace_back("the trace holds no run: nothing was recorded");
  for (const auto& [id, run] : trace.runs) {
    const std::string label = subject_label(run.subject);
    add_loss(run, label, profile);
    add_missing_hooks(run, label, profile);
    add_marks(run, label, profile);
    if (!has_ended(trace, label)) note_missing_end(run, label, profile);
    if (run.io_uring) {
      profile.notes.push_back(
          fmt::format("{}: it used io_uring, whose operations are no system calls, so no filter refuses them{}: turn "
                      "io_uring off in the program if that matters",
                      label, unseen_files(run)));
    }
  }
  note_missing_restart(trace, profile);
}

}  // namespace profilegen

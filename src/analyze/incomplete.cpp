// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

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
    profile.incomplete.push_back(
        fmt::format("run of {}: lost {} ({}): {}", label, events, counter, loss_meaning(counter)));
  }
}

void add_missing_hooks(const Run& run, const std::string& label, Profile& profile) {
  for (const HookUse& use : run.hooks)
    if (use.hook == kNoHook)
      profile.incomplete.push_back(fmt::format("run of {}: its kernel could not record {}", label, use.fact));
}

void add_marks(const Run& run, const std::string& label, Profile& profile) {
  if (run.marks.contains(Mark::attached_late)) {
    profile.incomplete.push_back(fmt::format("run of {}: the container already ran when the recording began ({})",
                                             label, mark_name(Mark::attached_late)));
  }
  if (run.marks.contains(Mark::interrupted)) {
    profile.incomplete.push_back(fmt::format(
        "run of {}: the recording was killed, and this is its last checkpoint ({}): what came after it is missing",
        label, mark_name(Mark::interrupted)));
  }
  // Only a note: a test that ends before the container does is the usual way to record a service.
  if (run.marks.contains(Mark::shutdown_not_recorded)) {
    profile.notes.push_back(
        fmt::format("run of {}: it still ran when the recording ended ({}); what it does only when it is stopped, such "
                    "as writing its data, is not in this profile: stop it within the recording",
                    label, mark_name(Mark::shutdown_not_recorded)));
  }
  if (run.marks.contains(Mark::ended_by_signal)) {
    profile.notes.push_back(
        fmt::format("run of {}: a signal killed its first process ({}); what it does when it ends by itself, such as "
                    "writing its data, is not in this profile: let it end, or stop it as it is stopped in production",
                    label, mark_name(Mark::ended_by_signal)));
  }
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
    if (run.io_uring) {
      profile.notes.push_back(fmt::format("run of {}: it used io_uring, whose operations are not system calls{}", label,
                                          unseen_files(run)));
    }
  }
}

}  // namespace profilegen

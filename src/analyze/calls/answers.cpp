// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "profilegen/lines.h"
#include "profilegen/profile_parts.h"
#include "steps.h"

namespace profilegen {
namespace {

// Whose filter it was is not recorded. Where the engine put none in place, it was the program's.
std::string filter_name(const Trace& trace) {
  std::set<std::string> engines;
  for (const auto& [id, run] : trace.runs) engines.insert(run.subject.engine);
  if (engines.size() != 1 || engines.contains("")) return "the filter around the program";
  const auto is_confined = [](const auto& run) { return run.second.subject.seccomp_confined; };
  if (std::ranges::none_of(trace.runs, is_confined)) return "the program's own filter";
  if (engines.contains("docker")) return "Docker's own filter";
  return engines.contains("podman") ? "Podman's own filter" : printable(*engines.begin()) + "'s own filter";
}

void note_refused(const Trace& trace, Profile& profile) {
  std::vector<std::string> calls;
  for (const auto& [call, errnum] : profile.answers)
    calls.push_back((call.arch == profile.arch ? "" : std::string(arch_name(call.arch)) + " ") + call.name);
  if (calls.empty()) return;
  profile.notes.push_back(fmt::format("{} already refused {} in the recording; {} refused: nothing to do",
                                      filter_name(trace), listed(calls), calls.size() == 1 ? "it stays" : "they stay"));
}

}  // namespace

void add_answers(const Trace& trace, Profile& profile) {
  for (const auto& [key, evidence] : trace.denied) {
    add_answer(profile.answers, {key.arch, syscall_label(key.arch, key.number)}, key.errnum);
  }
  drop_allowed_answers(profile);
  note_refused(trace, profile);
}

}  // namespace profilegen

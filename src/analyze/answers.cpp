// SPDX-License-Identifier: Apache-2.0
#include "answers.h"

#include <algorithm>
#include <cerrno>

#include "steps.h"

namespace profilegen {

void add_answer(std::map<CallKey, uint32_t>& answers, const CallKey& call, uint32_t errnum) {
  const auto [place, is_new] = answers.try_emplace(call, errnum);
  if (is_new || place->second == ENOSYS) return;
  place->second = errnum == ENOSYS ? errnum : std::min(place->second, errnum);
}

void drop_allowed_answers(Profile& profile) {
  std::erase_if(profile.answers, [&](const auto& answer) { return profile.calls.contains(answer.first); });
}

void add_answers(const Trace& trace, Profile& profile) {
  for (const auto& [key, evidence] : trace.denied) {
    add_answer(profile.answers, {key.arch, syscall_label(key.arch, key.number)}, key.errnum);
  }
  drop_allowed_answers(profile);
  std::string denied;
  for (const auto& [call, errnum] : profile.answers) {
    denied += denied.empty() ? "" : ", ";
    if (call.arch != profile.arch) denied += std::string(arch_name(call.arch)) + " ";
    denied += call.name + " (" + errno_name(errnum) + ")";
  }
  if (!denied.empty()) profile.notes.push_back("denied while recording, and denied again: " + denied);
}

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#include "profilegen/profile_parts.h"
#include "steps.h"

namespace profilegen {

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

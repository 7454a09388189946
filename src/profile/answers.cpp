// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cerrno>

#include "profilegen/profile_parts.h"

namespace profilegen {

void add_answer(std::map<CallKey, uint32_t>& answers, const CallKey& call, uint32_t errnum) {
  const auto [place, is_new] = answers.try_emplace(call, errnum);
  if (is_new || place->second == ENOSYS) return;
  place->second = errnum == ENOSYS ? errnum : std::min(place->second, errnum);
}

void drop_allowed_answers(Profile& profile) {
  std::erase_if(profile.answers, [&](const auto& answer) { return profile.calls.contains(answer.first); });
}

}  // namespace profilegen

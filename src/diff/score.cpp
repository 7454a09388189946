// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "profilegen/diff.h"

namespace profilegen {

Score score_of(const Policy& policy) {
  const EngineDefault& docker = docker_default();
  Score score;
  score.arch = policy.filter.native();
  for (const KnownSyscall& known : known_syscalls(score.arch)) {
    const CallKey call{score.arch, known.name};
    const bool by_default = docker.calls.contains(known.name);
    if (by_default) ++score.default_calls;
    const bool allowed = diff::lets_any_through(policy.filter, call);
    if (allowed) ++score.calls;
    if (allowed && !by_default) score.calls_beyond.push_back(known.name);
  }
  score.default_capabilities = docker.capabilities.size();
  if (!policy.profile) return score;
  score.has_profile = true;
  for (const std::string& name : policy.profile->capabilities)
    if (docker.capabilities.contains(name))
      ++score.capabilities;
    else
      score.capabilities_beyond.push_back(name);
  return score;
}

std::string score_text(const Score& score) {
  std::string text = fmt::format("{} calls (Docker's default: {}", score.calls, score.default_calls);
  if (!score.calls_beyond.empty()) text += fmt::format(", which refuses {} of these", score.calls_beyond.size());
  text += ")";
  if (!score.has_profile) return text;
  text += fmt::format(", {} of its {} capabilities", score.capabilities, score.default_capabilities);
  if (!score.capabilities_beyond.empty()) text += fmt::format(" and {} others", score.capabilities_beyond.size());
  return text;
}

}  // namespace profilegen

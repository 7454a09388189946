// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "advice.h"
#include "profilegen/shell_word.h"

namespace profilegen {

// docker run has no option that mounts a volume with noexec.
std::vector<Advice> advise_programs(const Profile& profile) {
  if (!profile.read_only_root) return {};
  Advice advice{"the AppArmor profile (docker-apparmor.flags)", {}};
  for (const auto& [path, hole] : profile.holes)
    if (hole.kind == HoleKind::volume && !hole.exec)
      advice.evidence.push_back(
          fmt::format("no program in {} was executed; no flag of a volume prevents that, the AppArmor profile does",
                      shell_word(path)));
  if (advice.evidence.empty()) return {};
  return {advice};
}

}  // namespace profilegen

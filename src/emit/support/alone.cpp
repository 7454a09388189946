// SPDX-License-Identifier: Apache-2.0
#include "profilegen/emitter.h"

namespace profilegen {

bool is_used_without_option(const Emitter& emitter, const Profile& profile) {
  if (!profile.no_new_privileges) return false;
  if (emitter.name == "kubernetes") return profile.capabilities.contains("SYS_ADMIN");
  return emitter.name == "seccomp" || emitter.name == "spo";
}

}  // namespace profilegen

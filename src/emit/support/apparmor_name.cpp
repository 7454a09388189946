// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "profilegen/emitter.h"

namespace profilegen {
namespace {

// FNV-1a. std::hash may differ between builds, but the name must not.
uint32_t stable_hash(std::string_view text) {
  uint32_t hash = 0x811c9dc5;
  for (const char byte : text) hash = (hash ^ static_cast<uint8_t>(byte)) * 0x01000193;
  return hash;
}

}  // namespace

// Limits, sizes and owners are left out: they differ between runs of the same tests, and no AppArmor rule depends on
// them.
std::string apparmor_profile_name(const Profile& profile) {
  Profile policy = profile;
  policy.limits.clear();
  policy.restricted.clear();
  policy.as_root = false;
  policy.users.clear();
  policy.needs_network = false;
  for (auto& [path, hole] : policy.holes) hole.size = 0;
  return fmt::format("profilegen-{:08x}", stable_hash(format_profile(policy)));
}

}  // namespace profilegen

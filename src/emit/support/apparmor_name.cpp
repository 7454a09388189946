// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "profilegen/emitter.h"

namespace profilegen {
namespace {

// FNV-1a: std::hash may differ between builds, and the name must not.
uint32_t stable_hash(std::string_view text) {
  uint32_t hash = 0x811c9dc5;
  for (const char byte : text) hash = (hash ^ static_cast<uint8_t>(byte)) * 0x01000193;
  return hash;
}

}  // namespace

std::string apparmor_profile_name(const Profile& profile) {
  return fmt::format("profilegen-{:08x}", stable_hash(format_profile(profile)));
}

}  // namespace profilegen

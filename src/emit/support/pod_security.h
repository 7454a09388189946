// SPDX-License-Identifier: Apache-2.0
// The strictest of Kubernetes' pod security standards, "restricted", and what it demands of a container.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "profilegen/profile.h"

namespace profilegen {

struct PodUser {
  uint32_t uid = 0;
  std::optional<uint32_t> gid;
};
/// The one user of all recorded containers; nullopt when it was root, or is not known as a number.
std::optional<PodUser> pod_user(const Profile& profile);

/// Which fields of a container's securityContext "restricted" does not admit as they must be, each with its reason:
/// "runAsNonRoot: …". Empty when it admits all.
std::vector<std::string> unrestricted_fields(const Profile& profile);

}  // namespace profilegen

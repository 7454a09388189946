// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "profilegen/profile.h"

namespace profilegen {

/// Linux errno values as they stand in the artifact; those of the machine that emits don't matter.
inline constexpr uint32_t kErrnoPerm = 1;
inline constexpr uint32_t kErrnoNoSys = 38;

struct SeccompRule {
  std::optional<uint32_t> errnum;  ///< what the call is answered; none: it is allowed
  std::set<std::string> names;     ///< never empty
  ArgumentRule arguments{};        ///< with these only; empty: with any
};

/// What a profile means in seccomp's terms. A name means the call of every listed table. It is in one rule, or
/// in one for each kind of arguments.
struct SeccompFilter {
  std::vector<Arch> architectures;  ///< the native one first
  std::vector<SeccompRule> rules;
};

SeccompFilter seccomp_filter(const Profile& profile);

}  // namespace profilegen

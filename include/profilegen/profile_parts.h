// SPDX-License-Identifier: Apache-2.0
// How two values of one part of a profile become one. Profiles are made and merged with the same rules, so that merging
// two profiles gives what analysing both traces together would.
#pragma once

#include "profilegen/profile.h"

namespace profilegen {

/// ENOSYS wins over any other errno, because programs fall back only on that; of two others the smaller one.
void add_answer(std::map<CallKey, uint32_t>& answers, const CallKey& call, uint32_t errnum);
/// A filter can't let a call through and answer it too.
void drop_allowed_answers(Profile& profile);

/// Of one path with several owners or modes, the smallest stands for all, in whatever order they come.
void add_restricted(std::map<std::string, Ownership>& restricted, const std::string& path, const Ownership& owned);

/// A mount point that is known already takes what both of its mounts need.
void add_user_mount(std::map<std::string, UserMount>& mounts, const std::string& path, const UserMount& mount);

}  // namespace profilegen

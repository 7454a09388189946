// SPDX-License-Identifier: Apache-2.0
// Joins values of one part of a profile. Making and merging profiles use the same rules, so that merging two profiles
// gives the same as analysing both traces together.
#pragma once

#include "profilegen/profile.h"

namespace profilegen {

/// When a call got different errnos, ENOSYS wins, because programs fall back only on that; otherwise the smaller one.
void add_answer(std::map<CallKey, uint32_t>& answers, const CallKey& call, uint32_t errnum);
/// A filter can either allow a call or answer it, so allowed calls lose their answers.
void drop_allowed_answers(Profile& profile);

/// When a path has several owners or modes, the smallest is kept, so that the order does not matter.
void add_restricted(std::map<std::string, Ownership>& restricted, const std::string& path, const Ownership& owned);

/// A mount point that is there already gets what either of its mounts needs.
void add_user_mount(std::map<std::string, UserMount>& mounts, const std::string& path, const UserMount& mount);

}  // namespace profilegen

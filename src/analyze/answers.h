// SPDX-License-Identifier: Apache-2.0
// What the filter answers for a call that it does not let through.
#pragma once

#include "profilegen/profile.h"

namespace profilegen {

/// ENOSYS wins over any other errno, because programs fall back only on that; of two others the smaller one.
void add_answer(std::map<CallKey, uint32_t>& answers, const CallKey& call, uint32_t errnum);
/// A filter can't let a call through and answer it too.
void drop_allowed_answers(Profile& profile);

}  // namespace profilegen

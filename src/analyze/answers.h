// SPDX-License-Identifier: Apache-2.0
// The errno with which the filter answers a call that it does not allow.
#pragma once

#include "profilegen/profile.h"

namespace profilegen {

/// When a call got different errnos, ENOSYS wins, because programs fall back only on that; otherwise the smaller one.
void add_answer(std::map<CallKey, uint32_t>& answers, const CallKey& call, uint32_t errnum);
/// A filter can either allow a call or answer it, so allowed calls lose their answers.
void drop_allowed_answers(Profile& profile);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "profilegen/seccomp.h"

namespace profilegen::diff {

/// For i386's socketcall and ipc, which call the first arguments stand for: ", which is socket with any arguments". For
/// other calls nothing.
std::string multiplexed_text(const CallKey& call, const std::vector<CallArguments>& examples);

}  // namespace profilegen::diff

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "profilegen/seccomp.h"

namespace profilegen::diff {

/// Arguments with which both filters are asked about a call: every combination of the values that a rule of either
/// tells apart, and all zero.
/// Empty when they are too many (more than two million).
std::vector<CallArguments> probes(const SeccompEffect& before, const SeccompEffect& after, const CallKey& call);

/// With some arguments at least.
bool lets_any_through(const SeccompEffect& filter, const CallKey& call);

/// The plainest of them in words, and that there are more: "such as CLONE_NEWUSER". Not empty.
std::string examples_text(const CallKey& call, std::vector<CallArguments> examples);

}  // namespace profilegen::diff

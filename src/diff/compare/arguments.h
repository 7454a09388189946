// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "profilegen/seccomp.h"

namespace profilegen::diff {

/// Argument values with which both filters are asked about a call: all zero, and every combination of the values that
/// either compiled filter tells apart. Empty when there would be more than two million.
std::vector<CallArguments> probes(const SeccompEffect& before, const SeccompEffect& after, const CallKey& call);

/// The simplest examples in words, and how many more there are: "such as CLONE_NEWUSER". `examples` must not be empty.
std::string examples_text(const CallKey& call, std::vector<CallArguments> examples);

}  // namespace profilegen::diff

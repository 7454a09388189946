// SPDX-License-Identifier: Apache-2.0
// The time that libseccomp takes for rules that compare several arguments of one call doubles with each: four rules for
// six arguments take minutes. So such filters are compiled in a process of its own, whose time is limited.
#pragma once

#include <functional>
#include <vector>

#include "bpf_machine.h"
#include "profilegen/result.h"
#include "seccomp_file.h"

namespace profilegen::seccomp {

/// Whether a call has so many comparisons that compiling them may take long.
bool may_take_long(const SeccompFile& file);

using Compiler = std::function<Result<std::vector<sock_filter>>()>;
/// Runs `compiler` in another process for at most `seconds` of CPU time. `object` is how errors name the file.
Result<std::vector<sock_filter>> compile_apart(const Compiler& compiler, unsigned seconds, const std::string& object);

}  // namespace profilegen::seccomp

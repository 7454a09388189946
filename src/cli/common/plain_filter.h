// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "profilegen/profile.h"
#include "profilegen/seccomp.h"

namespace profilegen::cli {

/// A profile that has nothing but the calls that a filter allows, each of them if it is allowed with some arguments.
Profile profile_of_filter(const SeccompEffect& filter);

}  // namespace profilegen::cli

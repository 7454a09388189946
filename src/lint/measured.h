// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "profilegen/floor.h"
#include "profilegen/profile.h"

namespace profilegen::lint {

std::string label(const MeasuredVersion& measured);  ///< "runc 1.1.5"

/// The measured versions of these runtimes from the named version on; of all runtimes when none is named.
std::vector<MeasuredVersion> measured_for(const std::set<Runtime>& runtimes);

/// The labels of all measured versions of one runtime, except these.
std::set<std::string> all_of(std::string_view runtime, const std::set<std::string>& except = {});

}  // namespace profilegen::lint

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string_view>

#include "profilegen/profile.h"

namespace profilegen {

/// The inverse of runtimes_text().
std::set<Runtime> runtimes_from_text(std::string_view text);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "profilegen/profile.h"

namespace profilegen {

/// When a path has several owners or modes, the smallest is kept, so that the order does not matter.
void add_restricted(std::map<std::string, Ownership>& restricted, const std::string& path, const Ownership& owned);

}  // namespace profilegen

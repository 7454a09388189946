// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "profilegen/profile.h"

namespace profilegen {

/// Of one path with several owners or modes, the smallest stands for all, in whatever order they come.
void add_restricted(std::map<std::string, Ownership>& restricted, const std::string& path, const Ownership& owned);

}  // namespace profilegen

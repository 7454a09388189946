// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "profilegen/result.h"

namespace profilegen {

/// Checks for an RFC 1123 label, which the names of pods, containers and volumes must be, and those of most resources
/// can be.
Status check_kubernetes_name(const std::string& name);

}  // namespace profilegen

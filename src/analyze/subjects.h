// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "profilegen/trace.h"

namespace profilegen {

/// The name by which people know the run: the container's name, else its image, else the command. Never its id, which
/// is random.
std::string subject_label(const Subject& subject);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "profilegen/trace.h"

namespace profilegen {

/// subject_name() as a part of one line.
std::string subject_label(const Subject& subject);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "profilegen/diff.h"

namespace profilegen::diff {

/// Fills in the risk of an added permission and what it makes possible.
void rank(Change& change);

}  // namespace profilegen::diff

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "profilegen/explain.h"

namespace profilegen {

/// The companions that no program of the recording was seen to make, each with the evidence of its trigger.
void append_companions(const Trace& trace, std::vector<Item>& items);

}  // namespace profilegen

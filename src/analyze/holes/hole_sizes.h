// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "profilegen/trace.h"

namespace profilegen {

/// Bytes that a tmpfs at `place` needs for what any run wrote there, with headroom; 0 when that is not known.
uint64_t size_with_head_room(const Trace& trace, const std::string& place);

}  // namespace profilegen

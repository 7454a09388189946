// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "profilegen/atomic_file.h"

namespace profilegen {

/// Writes a text to an open file in large pieces, whatever pieces it comes in. `object` is what errors name.
Status write_text(int file, const TextSource& text, const std::string& object);

}  // namespace profilegen

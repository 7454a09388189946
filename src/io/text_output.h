// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "profilegen/atomic_file.h"

namespace profilegen {

/// Writes a text to an open file in large blocks, however small its pieces are. `object` is how errors name the file.
Status write_text(int file, const TextSource& text, const std::string& object);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
// argument_names.def, with the values from the system's headers.
#pragma once

#include <span>

#include "profilegen/arguments.h"

namespace profilegen {

struct ArgumentName {
  ArgumentKind kind;
  std::string_view name;
  uint32_t value;
};

std::span<const ArgumentName> argument_names();

}  // namespace profilegen

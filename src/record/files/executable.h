// SPDX-License-Identifier: Apache-2.0
// What the kernel does with a program's file that shows in no call.
#pragma once

#include <string>

namespace profilegen {

struct Executable {
  bool changes_identity = false;  ///< set-id bits or file capabilities, which the kernel passes over for scripts
  std::string loader;             ///< mapped with the program: what PT_INTERP names; empty for scripts and static ones
};

Executable look_at_executable(int fd);

}  // namespace profilegen

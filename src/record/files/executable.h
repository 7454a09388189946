// SPDX-License-Identifier: Apache-2.0
// What the kernel does with a program's file beyond what system calls show.
#pragma once

#include <string>

namespace profilegen {

struct Executable {
  bool changes_identity = false;  ///< set-id bits; scripts can't use them
  std::string loader;             ///< mapped with it (PT_INTERP); empty for scripts and static programs
};

Executable look_at_executable(int fd);

/// The program that a script names in its first line; empty for any other file.
std::string script_interpreter(int fd);

}  // namespace profilegen

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <iostream>

#include "support/recorded.h"

/// Some hypervisors let `int 0x80` fault. The guests of scripts/vmtest.sh support it, so this must be true there.
inline bool has_32_bit_gate() {
  const Scratch scratch;
  const bool has = scratch.run({prog("int80")}).status == 0;
  if (!has) std::cout << "not tested here, tested in guests: this machine's int 0x80 faults\n";
  return has || std::getenv("PROFILEGEN_GUEST") != nullptr;
}

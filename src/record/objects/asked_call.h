// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "objects/access_walk.h"
#include "profilegen/syscalls.h"

namespace profilegen {

/// A call in which capabilities were checked.
struct AskedCall {
  Arch arch = Arch::x86_64;
  std::string name;  ///< without the "32" that the i386 table adds to the names of calls with wider ids
  std::array<uint64_t, 6> arguments{};
  std::vector<uint8_t> behind{};  ///< what is behind one of the arguments, as far as it could be read
  uint32_t pid_ns = 0;            ///< inode number of the pid namespace to which numbers of processes belong
  Rights rights{};                ///< of the thread, as they were checked

  [[nodiscard]] uint32_t argument(size_t place) const { return static_cast<uint32_t>(arguments.at(place)); }

  /// The value at an offset in `behind`; 0 if it was not read.
  template <typename Value>
  [[nodiscard]] Value value_behind(size_t offset) const {
    Value value = 0;
    if (offset + sizeof value <= behind.size()) std::memcpy(&value, behind.data() + offset, sizeof value);
    return value;
  }
};

}  // namespace profilegen

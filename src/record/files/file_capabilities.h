// SPDX-License-Identifier: Apache-2.0
// The capabilities of a file (capabilities(7)), as execve(2) takes them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace profilegen {

struct FileCapabilities {
  uint64_t permitted = 0;  ///< the program gets these as far as its bounding set has them
  bool demanded = false;   ///< the effective bit: execve fails unless the bounding set has all of them
};

/// Reads the attribute "security.capability". `root` is the user that is root in the container, outside of it: an
/// attribute may count for one such user alone. Nothing when it does not count, or is not valid.
FileCapabilities parse_file_capabilities(std::string_view attribute, uint32_t root);

/// Those of an open file. None on a mount without set-id programs (nosuid).
FileCapabilities file_capabilities(int fd, uint32_t root);

/// The user that is root in the user namespace of a process, outside of it: the text is its /proc/PID/uid_map.
uint32_t root_outside(const std::string& uid_map);

}  // namespace profilegen

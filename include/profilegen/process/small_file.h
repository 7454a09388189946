// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace profilegen {

inline constexpr size_t kMostSmallFile = size_t{32} << 20U;  ///< bytes; /proc/kallsyms is some 15 MiB long

/// The content of a file of the kernel's or of somebody else's; "" if it can't be read, since its process may be gone.
/// So that nobody can make us wait or fill our memory, it must be a regular file, as those of /proc are, and no
/// symbolic link; one with more than `most` bytes is not read, and one with a lease (fcntl(2), F_SETLEASE) only if that
/// is given up.
std::string read_small_file(const std::string& path, size_t most = kMostSmallFile);

}  // namespace profilegen

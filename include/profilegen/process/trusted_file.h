// SPDX-License-Identifier: Apache-2.0
// Files that are believed: an engine's own, which no other user can have written.
#pragma once

#include <sys/types.h>

#include <string>

namespace profilegen {

/// The content of the file; "" unless it and each directory above are root's or the user's, and no other user can
/// change or replace them.
std::string read_trusted_file(const std::string& path, uid_t user = 0);

}  // namespace profilegen

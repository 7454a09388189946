// SPDX-License-Identifier: Apache-2.0
// For which system call tables a seccomp file speaks.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "profilegen/syscalls.h"
#include "seccomp_file.h"

namespace profilegen::seccomp {

struct FileArches {
  Arch base = native_arch();          ///< whose rules `includes` and `excludes` pick
  std::set<Arch> all;                 ///< base and the listed ones
  std::vector<std::string> not_told;  ///< listed, but not a table that is known here
};

/// A runtime always adds the machine's own table. A file that lists only other machines' is read as for the first of
/// them, so that it can be compared anywhere.
FileArches arches_of(const SeccompFile& file);

/// Whether a rule's `includes` and `excludes` leave it to machines of this kind.
bool rule_is_for(const Rule& rule, Arch base);

}  // namespace profilegen::seccomp

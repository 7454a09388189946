// SPDX-License-Identifier: Apache-2.0
// Which system call tables a seccomp file is for.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "profilegen/syscalls.h"
#include "seccomp_file.h"

namespace profilegen::seccomp {

struct FileArches {
  Arch base = native_arch();          ///< the machine for which `includes` and `excludes` select rules
  std::set<Arch> all;                 ///< `base` and the listed tables
  std::vector<std::string> not_told;  ///< listed, but not known here
  bool names_native = false;          ///< lists SCMP_ARCH_NATIVE, a name that containers-common has, but no runtime
};

/// A runtime always adds the table of its own machine. A file that lists only other machines' tables is read as on the
/// first of them, so that files can be compared on any machine.
FileArches arches_of(const SeccompFile& file);

/// Whether a rule's `includes` and `excludes` select it on this machine.
bool rule_is_for(const Rule& rule, Arch base);

}  // namespace profilegen::seccomp

// SPDX-License-Identifier: Apache-2.0
#include "common/plain_filter.h"

#include "profilegen/diff.h"

namespace profilegen::cli {

Profile profile_of_filter(const SeccompEffect& filter) {
  Profile profile;
  profile.arch = filter.native();
  profile.container = true;
  for (const Arch arch : filter.architectures())
    for (const KnownSyscall& known : known_syscalls(arch)) {
      const CallKey call{arch, known.name};
      if (diff::lets_any_through(filter, call)) profile.calls[call];
    }
  return profile;
}

}  // namespace profilegen::cli

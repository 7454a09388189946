// SPDX-License-Identifier: Apache-2.0
// profile × profile → changes.
#pragma once

#include <string>
#include <vector>

#include "profilegen/profile.h"
#include "profilegen/result.h"

namespace profilegen {

enum class Direction : uint8_t {
  added,    ///< the new policy allows more
  removed,  ///< the new policy allows less
  changed,  ///< neither widens nor narrows what is allowed, e.g. another errno
};

struct Change {
  std::string kind;  ///< "syscall", "capability", "writable", "mount", "file", "network", "option", "answer"
  std::string item;  ///< e.g. "ptrace", "i386 read", "SYS_ADMIN", "/var/lib/app"
  Direction direction;
  std::string detail;  ///< one clause; may be empty
  auto operator<=>(const Change&) const = default;
};

/// Sorted by direction (added first), kind, item.
std::vector<Change> diff_profiles(const Profile& before, const Profile& after);

/// Any plain OCI or Moby seccomp JSON as the calls it allows and the answers it gives; the rest of the profile is empty.
/// Rules that depend on arguments, kernel or capabilities count as allowing, and are named in `notes`.
Result<Profile> profile_from_seccomp(std::string_view text, const std::string& object);

/// For a person's terminal; empty differences give one line that says so.
std::string format_diff_text(const std::vector<Change>& changes, bool colour);

}  // namespace profilegen

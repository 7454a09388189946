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

/// What two inputs both speak of: a plain seccomp file says nothing of capabilities or files.
enum class Scope : uint8_t { everything, system_calls };

/// Sorted by direction (added first), kind, item.
std::vector<Change> diff_profiles(const Profile& before, const Profile& after, Scope scope = Scope::everything);

/// Any plain OCI or Moby seccomp JSON as the calls it allows and the answers it gives; the rest of the profile is
/// empty. Rules that depend on arguments, kernel or capabilities count as allowing, and are named in `notes`. Who needs
/// a call is not known: its set is empty.
Result<Profile> profile_from_seccomp(std::string_view text, const std::string& object);

/// For a person's terminal; no changes give one line that says so. What widens the policy is red.
std::string format_diff_text(const std::vector<Change>& changes, bool colour);

}  // namespace profilegen

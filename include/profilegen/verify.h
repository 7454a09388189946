// SPDX-License-Identifier: Apache-2.0
// A profile against a run under it: what was denied that the profile does not mean to deny.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "profilegen/apparmor.h"
#include "profilegen/profile.h"
#include "profilegen/trace.h"

namespace profilegen {

struct Denial {
  enum class Kind { syscall, capability, change, apparmor };
  Kind kind = Kind::syscall;
  CallKey call{};          ///< the one denied, or in which the capability was asked for; name "" outside of any
  std::string arguments;   ///< of a call that is let through with others; for a person
  uint32_t errnum = 0;     ///< what the call was answered; 0 for a capability, and for a call that was let through
  std::string capability;  ///< without prefix
  FileKey change{};        ///< what a read-only file system refused, or a full one: see is_out_of_room()
  FileFact fact;           ///< of the change
  AppArmorDenial apparmor{};
  First first;                      ///< who met it first; of AppArmor's only thread and program
  std::vector<std::string> frames;  ///< where the program stood, innermost first; empty when that is not known
};

/// Of what was refused: a file system was full. One that is read-only refuses no allocation, only what comes before it.
inline bool is_out_of_room(const FileKey& change) { return change.op == FileOp::ALLOCATE; }

/// In the order of calls, capabilities, changes. A call that was answered the same while recording is no denial, nor is
/// a capability that was denied then: the program goes on without. Nor is a change on a mount that the user's own
/// command has read-only.
std::vector<Denial> find_denials(const Profile& profile, const Trace& run, const FileRows& refused);

/// Gives each denial the stack that its thread had then, and a denied call its arguments, as far as they are recorded.
void add_stacks(std::vector<Denial>& denials, const std::vector<UserStack>& stacks);

std::vector<Denial> apparmor_denials(const std::vector<AppArmorDenial>& records);

/// Of a run whose filter lets everything through (complain): calls of the application that the profile does not allow.
std::vector<Denial> find_unlisted_calls(const Profile& profile, const Trace& run);

/// The same filter, which logs what it would refuse. An Error names `object`.
Result<std::string> complaining_filter(const std::string& seccomp, const std::string& object);

/// What a person reads of it, one line.
std::string denial_text(const Denial& denial);

/// Whether `allow` can allow it: of what AppArmor denies it allows files, capabilities and sockets.
bool can_allow(const Denial& denial);

/// The profile with what was denied in this run allowed, and nothing else: a change needs a writable hole around it,
/// and one that was full loses its limit, since how much more was to come is not known.
Result<Profile> allow(const Profile& profile, const Trace& run, const std::vector<Denial>& denials);

/// What came of the command under a profile.
struct Attempt {
  bool passed = false;      ///< it succeeded, and nothing was denied
  std::set<CallKey> calls;  ///< that the application made
};
using TryProfile = std::function<Result<Attempt>(const Profile&)>;

/// The profile without what the command passes without: capabilities, holes, and calls of the application that it made
/// in none of the attempts. Takes at least one attempt for each of the first two that is needed. Fails when it does not
/// even pass under the profile as it is.
Result<Profile> minimize(const Profile& profile, const TryProfile& attempt);

}  // namespace profilegen
